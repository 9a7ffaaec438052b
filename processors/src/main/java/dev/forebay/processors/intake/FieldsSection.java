package dev.forebay.processors.intake;

import dev.forebay.processors.event.Attributes;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Places;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where the text, id and attributes of a source's requests are found. */
final class FieldsSection {
    private static final int EACH_LIMIT = 1_000;
    private static final int HIGHEST_EACH_LIMIT = 100_000;

    private final Section section;
    private final SourceFormat format;
    private final Places places;
    private final boolean cloudEvents;
    private final int maxChars;

    FieldsSection(Section section, SourceFormat format, Places places, boolean cloudEvents, int maxChars) {
        this.section = section;
        this.format = format;
        this.places = places;
        this.cloudEvents = cloudEvents;
        this.maxChars = maxChars;
    }

    Source.Fields read() {
        TextRule text = text();
        Place id = places.optional(section, "id");
        // A row has no arrays.
        Each each = format == SourceFormat.CSV ? null : each();
        Map<String, Place> attributes = attributes("attributes", each != null);
        return new Source.Fields(text, id, attributes, each);
    }

    private TextRule text() {
        if (!section.has("template")) {
            return new TextRule.Field(places.required(section, "text"));
        }
        if (section.has("text")) {
            section.problem("template", "text or template, not both", "Remove one of them.");
        }
        String example = "\"{" + places.notation().example() + "}\"";
        TemplateParser.Parsed parsed =
                TemplateParser.parse(section.requiredString("template", example), places.notation());
        parsed.objection().ifPresent(wrong -> section.problem("template", wrong.allowed(), wrong.fix()));
        return new Template(parsed.pieces(), maxChars);
    }

    private @Nullable Each each() {
        int limit = section.integer("each-limit", EACH_LIMIT, 1, HIGHEST_EACH_LIMIT);
        Map<String, Place> ofEvent = attributes("of-event", true);
        if (section.has("each")) {
            return new Each(places.required(section, "each"), limit, ofEvent);
        }
        for (String key : List.of("each-limit", "of-event")) {
            if (section.has(key)) {
                section.problem(key, "only beside each", "Add each, the place of an array, or remove this.");
            }
        }
        return null;
    }

    private Map<String, Place> attributes(String key, boolean ofParts) {
        Section attributes = section.section(key);
        List<String> taken = new ArrayList<>(List.of(Attributes.DIGEST));
        if (ofParts) {
            taken.addAll(List.of(Envelope.PART, Envelope.PARTS));
        }
        if (cloudEvents) {
            taken.addAll(CloudEvent.ATTRIBUTES);
        }
        attributes.keys().stream()
                .filter(taken::contains)
                .forEach(name -> attributes.problem(
                        name,
                        "a name other than " + String.join(", ", taken),
                        "Rename it: Forebay sets these itself."));
        return places.named(attributes);
    }
}
