package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.enrich.Reference.Passages;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Places;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code intake.enrich}. Keys that a kind of reference has no use for are unknown keys. */
public final class EnrichSection {
    /** Shorter names are near to each other without a slip. */
    private static final int SHORTEST_SLIP = 4;

    private final Around around;
    private final List<Enricher> read = new ArrayList<>();
    private final Set<String> added = new HashSet<>();
    private final Map<String, ReferenceFormat> formats = new HashMap<>();
    /** By topic, the passages that are searched there; empty where records are looked up by their keys. */
    private final Map<String, Optional<Passages>> kinds = new HashMap<>();

    private EnrichSection(Around around) {
        this.around = around;
    }

    /**
     * What else an intake is made of.
     *
     * @param topics that it reads as events or writes, none of which can hold reference data
     * @param attributes the names that events are known to have; there may be others
     * @param reserved names of attributes that Forebay sets itself
     * @param tasks the names that requests may ask for
     * @param maxChars that a text may have
     */
    public record Around(
            Set<String> topics, Set<String> attributes, Set<String> reserved, Set<String> tasks, int maxChars) {}

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
        Set<String> tasks = tasks(section);
        String by = by(section);
        Reference reference = reference(section);
        Set<String> attributes = check(section, reference);
        if (attributes.isEmpty() && !section.has("nearest")) {
            section.problem("attributes", "one at least, by name", "Add them, for example attributes: {plan: /plan}.");
        }
        Missing missing = missing(section);
        Map<String, String> defaults = defaults(section, missing, attributes);
        section.done();
        added.addAll(attributes);
        read.add(new Enricher(name, tasks, by, reference, missing, defaults));
    }

    private Set<String> tasks(Section section) {
        List<String> tasks = section.strings("tasks");
        tasks.forEach(task -> KnownTask.check(section, "tasks", task, around.tasks));
        return Set.copyOf(tasks);
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
        Reference reference = reference(section, topic, format);
        Optional<Passages> kind =
                reference instanceof OfPassages passages ? Optional.of(passages.passages()) : Optional.empty();
        if (other == format && !kind.equals(kinds.getOrDefault(topic, kind))) {
            section.problem(
                    "topic",
                    "a topic that no other entry reads in another way",
                    "Write the same vector, dimensions, tenant and limit below nearest in both; records are looked up by"
                            + " key or searched, not both.");
        }
        kinds.putIfAbsent(topic, kind);
        return reference;
    }

    private Reference reference(Section section, String topic, ReferenceFormat format) {
        Places places = new Places(format.notation());
        if (!section.has("nearest")) {
            return new OfTopic(topic, format, places.named(section.section("attributes")));
        }
        if (format == ReferenceFormat.TEXT) {
            section.problem("format", "json or avro beside nearest", "A text has no place for a vector.");
        }
        return new NearestSection(section, places, around.maxChars).read(topic, format);
    }

    /** The attributes that a reference gives, each a name that may be given. */
    private Set<String> check(Section section, Reference reference) {
        Set<String> names = new LinkedHashSet<>();
        if (reference instanceof OfPassages passages) {
            Section nearest = section.section("nearest");
            passages.places().keySet().forEach(name -> check(section.section("attributes"), name, name, names));
            check(nearest, "keys", passages.told().keys(), names);
            check(nearest, "score", passages.told().score(), names);
            check(nearest.section("context"), "left-out", passages.told().leftOut(), names);
        } else {
            reference.attributes().forEach(name -> check(section.section("attributes"), name, name, names));
        }
        return names;
    }

    private void check(Section owner, String key, @Nullable String name, Set<String> names) {
        if (name == null) {
            return;
        }
        if (around.reserved.contains(name)) {
            owner.problem(
                    key,
                    "a name other than "
                            + String.join(
                                    ", ", around.reserved.stream().sorted().toList()),
                    "Rename it: Forebay sets these itself.");
        }
        if (name.isBlank()) {
            owner.problem(key, "the name of an attribute", "Give it one, or leave it out.");
        }
        if (!names.add(name) || added.contains(name)) {
            owner.problem(key, "an attribute that nothing else adds", "Rename one of them, or leave one out.");
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
