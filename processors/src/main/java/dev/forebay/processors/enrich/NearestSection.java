package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.Passages;
import dev.forebay.processors.enrich.Reference.Told;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Places;
import dev.forebay.processors.retrieve.Context;
import dev.forebay.processors.retrieve.PassageIndex;
import dev.forebay.processors.retrieve.PassageShape;
import dev.forebay.schemas.config.Section;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entry of {@code intake.enrich} that searches a topic for the nearest passages. */
final class NearestSection {
    private static final int MOST = 3;
    /** The index takes no vectors that are longer. */
    private static final int MOST_DIMENSIONS = 1_024;

    private static final int LIMIT = 100_000;
    private static final int HIGHEST_LIMIT = 10_000_000;

    private final Section section;
    private final Section nearest;
    private final Places places;
    private final int maxChars;

    /**
     * @param section the entry, of which {@code attributes} is read as well
     * @param maxChars that a text may have
     */
    NearestSection(Section section, Places places, int maxChars) {
        this.section = section;
        this.nearest = section.section("nearest");
        this.places = places;
        this.maxChars = maxChars;
    }

    OfPassages read(String topic, ReferenceFormat format) {
        PassageShape shape = new PassageShape(places.required(nearest, "vector"), dimensions(), tenant());
        Passages passages = new Passages(topic, format, shape, nearest.integer("limit", LIMIT, 1, HIGHEST_LIMIT));
        int most = nearest.integer("most", MOST, 1, PassageIndex.CANDIDATES);
        double least = nearest.number("least", 0, -1, 1);
        Map<String, Place> attributes = places.named(section.section("attributes"));
        OfPassages read = new OfPassages(passages, most, least, attributes, told());
        nearest.done();
        if (read.attributes().isEmpty() && read.told().context() == null) {
            section.problem(
                    "nearest",
                    "something that is added: attributes, or here keys, score or context",
                    "Add one, for example keys: passages.");
        }
        return read;
    }

    private int dimensions() {
        if (!nearest.has("dimensions")) {
            nearest.problem(
                    "dimensions",
                    "a whole number from 1 to " + MOST_DIMENSIONS,
                    "Say how many numbers the vectors have, for example dimensions: 384.");
        }
        return nearest.integer("dimensions", 1, 1, MOST_DIMENSIONS);
    }

    /** Whose the passages are has to be said: what is left out must not show them to everybody. */
    private @Nullable Place tenant() {
        Place tenant = places.optional(nearest, "tenant");
        boolean shared = nearest.flag("shared", false);
        if (shared == (tenant != null)) {
            nearest.problem(
                    "tenant",
                    "the place of a passage's tenant, or shared: true, not both",
                    "Say whose the passages are, for example tenant: "
                            + places.notation().example() + ". With shared: true every tenant finds all of them.");
        }
        return tenant;
    }

    private Told told() {
        String keys = nearest.optionalString("keys");
        String score = nearest.optionalString("score");
        if (!nearest.has("context")) {
            return new Told(keys, score, null, null, Place.WHOLE);
        }
        Section context = nearest.section("context");
        Place text = places.required(context, "text");
        String template = context.requiredString("template", "\"{passages}\\n\\n{text}\"");
        if (!template.isEmpty()) {
            Context.objection(template)
                    .ifPresent(fix -> context.problem("template", "a text with {passages} and {text}, each once", fix));
        }
        String leftOut = context.optionalString("left-out");
        context.done();
        return new Told(keys, score, leftOut, new Context(template, maxChars), text);
    }
}
