package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Decoded;
import java.util.List;
import java.util.Optional;

/**
 * Adds reference data to requests, entry by entry, so that one may look up what another found. What is found wins over what
 * an event says of itself. Pure but for what its steps ask; safe for use by several threads.
 */
public final class Enrichment {
    private static final Enrichment NONE = new Enrichment(List.of());

    private final List<Step> steps;

    private Enrichment(List<Step> steps) {
        this.steps = steps;
    }

    static Enrichment of(List<Step> steps) {
        return new Enrichment(List.copyOf(steps));
    }

    public static Enrichment none() {
        return NONE;
    }

    /**
     * The request with what was found for it, or its rejection: {@link ReasonCode#REFERENCE_MISSING}, or {@link
     * ReasonCode#INVALID_REQUEST} for a vector that is none.
     *
     * @param from where the request's event stands, for whoever has to wait
     * @throws ReferenceUnavailableException where the data have to be waited for
     */
    public Decoded<Request> enrich(Request request, Position from) {
        List<Step> due = steps.stream()
                .filter(step -> step.enricher().isFor(request.getTask()))
                .toList();
        if (due.isEmpty()) {
            return new Decoded.Good<>(request);
        }
        Draft draft = new Draft(request);
        for (Step step : due) {
            Optional<Reason> refusal = step.add(draft, from);
            if (refusal.isPresent()) {
                return new Decoded.Bad<>(refusal.get().code(), refusal.get().message());
            }
        }
        // Only now: several entries may search by one vector, which nobody behind them has a use for.
        due.stream()
                .map(Step::enricher)
                .filter(enricher -> enricher.reference() instanceof OfPassages)
                .forEach(enricher -> draft.remove(enricher.by()));
        return new Decoded.Good<>(draft.finished());
    }
}
