package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.Told;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.format.BlankText;
import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.JsonTexts;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.retrieve.Context;
import dev.forebay.processors.retrieve.Hit;
import dev.forebay.processors.retrieve.UnitVector;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry that searches a topic of passages for those that are nearest to the vector of a request. */
record Retrieval(Enricher enricher, OfPassages reference, PassageTable table, Trail trail) implements Step {
    @Override
    public Optional<Reason> add(Draft draft, Position from) {
        String written = draft.attribute(enricher.by());
        if (written.isEmpty()) {
            return without(draft, "the request has no attribute '" + enricher.by() + "'", Optional.empty());
        }
        return vector(written)
                .fold(
                        vector -> found(draft, table.nearest(reference, vector.value(), draft.tenant()), from),
                        bad -> Optional.of(notAVector(bad.message())));
    }

    private Decoded<UnitVector> vector(String written) {
        int dimensions = reference.passages().shape().dimensions();
        return new JsonFormat()
                .parse(written.getBytes(StandardCharsets.UTF_8))
                .fold(
                        good -> UnitVector.of(good.value(), dimensions),
                        bad -> new Decoded.Bad<>(ReasonCode.INVALID_REQUEST, "is no JSON array of numbers"));
    }

    /** Whatever is to become of what is missing: a wrong vector is not. */
    private Reason notAVector(String what) {
        return new Reason(
                ReasonCode.INVALID_REQUEST,
                "Enrichment " + enricher.name() + ": the attribute '" + enricher.by() + "' " + what
                        + ". Send the vector of the model that the passages have theirs from.");
    }

    private Optional<Reason> found(Draft draft, List<Hit> hits, Position from) {
        if (hits.isEmpty()) {
            return without(
                    draft, "no passage is near enough to the attribute '" + enricher.by() + "'", Optional.of(from));
        }
        Told told = reference.told();
        Context context = told.context();
        if (context == null || isRefusedAnyway(draft.text(), context)) {
            tell(draft, hits, List.of());
            return Optional.empty();
        }
        Context.Filled filled = context.fill(draft.text(), texts(hits, told.text()));
        if (filled.in().isEmpty()) {
            return without(draft, "the text has no room for any of the passages", Optional.empty());
        }
        List<Hit> leftOut = new ArrayList<>(hits);
        List<Hit> in = filled.in().stream().map(hits::get).toList();
        leftOut.removeAll(in);
        draft.say(filled.text());
        tell(draft, in, leftOut);
        return Optional.empty();
    }

    /** Nothing that is put around it may make a text good that is not. */
    private static boolean isRefusedAnyway(String text, Context context) {
        return BlankText.is(text) || text.codePointCount(0, text.length()) > context.maxChars();
    }

    private void tell(Draft draft, List<Hit> in, List<Hit> leftOut) {
        reference.places().forEach((name, place) -> draft.put(name, JsonTexts.array(texts(in, place))));
        Told told = reference.told();
        put(draft, told.keys(), keys(in));
        put(draft, told.score(), score(in.get(0)));
        put(draft, told.leftOut(), keys(leftOut));
        trail.note(
                "enrich",
                () -> enricher.name() + ": " + listed(in)
                        + (leftOut.isEmpty() ? "" : "; left out, as the text has no room: " + listed(leftOut)));
    }

    private List<String> texts(List<Hit> hits, Place place) {
        return hits.stream().map(hit -> table.text(hit, place)).toList();
    }

    private static void put(Draft draft, @Nullable String name, String value) {
        if (name != null) {
            draft.put(name, value);
        }
    }

    private static String keys(List<Hit> hits) {
        return JsonTexts.array(hits.stream().map(Hit::key).toList());
    }

    private static String listed(List<Hit> hits) {
        return hits.stream().map(hit -> hit.key() + " (" + score(hit) + ")").collect(Collectors.joining(", "));
    }

    private static String score(Hit hit) {
        return String.format(Locale.ROOT, "%.4f", hit.score());
    }

    /** @param awaited where the event stands, if waiting may help; else empty */
    private Optional<Reason> without(Draft draft, String what, Optional<Position> awaited) {
        if (enricher.missing() != Missing.DEFAULT) {
            Shortage shortage = new Shortage(enricher, what);
            return Optional.of(awaited.map(shortage::refusalUnlessAwaited).orElseGet(shortage::refusal));
        }
        enricher.defaults().forEach(draft::put);
        trail.note("enrich", () -> enricher.name() + ": " + what + " (default)");
        return Optional.empty();
    }
}
