package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Places;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code intake.enrich}. Keys that a kind of reference has no use for are unknown keys. */
public final class EnrichSection {
    /** Shorter names are near to each other without a slip. */
    private static final int SHORTEST_SLIP = 4;

    private final Around around;
    private final List<Enricher> read = new ArrayList<>();
    private final Set<String> added = new HashSet<>();
    private final Map<String, ReferenceFormat> formats = new HashMap<>();

    private EnrichSection(Around around) {
        this.around = around;
    }

    /**
     * What else an intake is made of.
     *
     * @param topics that it reads as events or writes, none of which can hold reference data
     * @param attributes the names that events are known to have; there may be others
     * @param reserved names of attributes that Forebay sets itself
     */
    public record Around(Set<String> topics, Set<String> attributes, Set<String> reserved) {}

    /** The result is usable only where no problem was noted. */
    public static List<Enricher> read(List<Section> entries, Around around) {
        EnrichSection reader = new EnrichSection(around);
        entries.forEach(reader::read);
        return List.copyOf(reader.read);
    }

    private void read(Section section) {
        String name = section.requiredString("name", "customer");
        if (!name.isEmpty() && read.stream().anyMatch(other -> other.name().equals(name))) {
            section.problem("name", "a name of its own", "Another entry has this name; rename one of them.");
        }
        String by = by(section);
        Reference reference = reference(section);
        reference.attributes().forEach(attribute -> check(section.section("attributes"), attribute));
        if (reference.attributes().isEmpty()) {
            section.problem("attributes", "one at least, by name", "Add them, for example attributes: {plan: /plan}.");
        }
        Missing missing = missing(section);
        Map<String, String> defaults = defaults(section, missing, reference.attributes());
        section.done();
        added.addAll(reference.attributes());
        read.add(new Enricher(name, by, reference, missing, defaults));
    }

    /** A request that came ready-made may have any attribute, so that only a likely slip is one. */
    private String by(Section section) {
        String by = section.requiredString("by", "customer");
        Set<String> known = new TreeSet<>(around.attributes);
        known.addAll(added);
        if (by.length() >= SHORTEST_SLIP && !known.contains(by)) {
            Nearest.to(by, known)
                    .ifPresent(nearest -> section.problem(
                            "by",
                            "an attribute of the requests: " + String.join(", ", known),
                            "Did you mean " + nearest + "?"));
        }
        return by;
    }

    private Reference reference(Section section) {
        if (!section.has("jdbc")) {
            return ofTopic(section);
        }
        if (section.has("topic")) {
            section.problem("topic", "topic or jdbc, not both", "Remove one of them.");
        }
        return new JdbcSection(section).read();
    }

    private Reference ofTopic(Section section) {
        String topic = section.has("topic")
                ? section.topicName("topic", "")
                : section.requiredString("topic", "crm.customers, or name a database below jdbc");
        if (around.topics.contains(topic)) {
            section.problem(
                    "topic",
                    "a topic that is neither a source nor in the section topics",
                    "Its records would be events or Forebay's own; name the topic of your reference data.");
        }
        String given = section.requiredString("format", "json");
        ReferenceFormat format = section.choice("format", ReferenceFormat.class, ReferenceFormat.JSON);
        if (!format.name().equalsIgnoreCase(given)) {
            // Which places there are depends on the format.
            Map<String, Place> unread = new LinkedHashMap<>();
            section.section("attributes").keys().forEach(name -> unread.put(name, Place.WHOLE));
            return new OfTopic(topic, format, unread);
        }
        ReferenceFormat other = formats.putIfAbsent(topic, format);
        if (other != null && other != format) {
            section.problem("format", "the format that another entry gives the topic", "Write the same in both.");
        }
        return new OfTopic(topic, format, new Places(format.notation()).named(section.section("attributes")));
    }

    private void check(Section attributes, String name) {
        if (around.reserved.contains(name)) {
            attributes.problem(
                    name,
                    "a name other than "
                            + String.join(
                                    ", ", around.reserved.stream().sorted().toList()),
                    "Rename it: Forebay sets these itself.");
        }
        if (added.contains(name)) {
            attributes.problem(name, "an attribute that no other entry adds", "Rename one of them, or leave one out.");
        }
    }

    private static Missing missing(Section section) {
        if (section.has("missing")) {
            return section.choice("missing", Missing.class, Missing.REJECT);
        }
        section.problem(
                "missing",
                "wait, default, reject",
                "Say what becomes of a request for which there is nothing, for example missing: reject.");
        return Missing.REJECT;
    }

    private static Map<String, String> defaults(Section section, Missing missing, Set<String> attributes) {
        boolean given = section.has("default");
        if (missing != Missing.DEFAULT) {
            if (given) {
                section.problem("default", "only beside missing: default", "Write missing: default, or remove this.");
            }
            return Map.of();
        }
        Section texts = section.section("default");
        Map<String, String> defaults = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (String attribute : attributes) {
            String text = texts.optionalString(attribute);
            if (text == null) {
                without.add(attribute);
            } else {
                defaults.put(attribute, text);
            }
        }
        if (!without.isEmpty()) {
            section.problem(
                    "default",
                    "a text for each of attributes",
                    "Add " + String.join(", ", without) + ", for example default: {" + without.get(0) + ": none}.");
        }
        texts.done();
        return defaults;
    }
}
