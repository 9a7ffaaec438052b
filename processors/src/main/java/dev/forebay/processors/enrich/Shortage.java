package dev.forebay.processors.enrich;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;

/**
 * Reference data that a request needs and that are not there.
 *
 * @param what is missing, without the value that was looked up
 */
record Shortage(Enricher enricher, String what) {
    Reason refusal() {
        return new Reason(
                ReasonCode.REFERENCE_MISSING, problem() + ". Send one that is known, or add the reference data.");
    }

    /** @throws ReferenceUnavailableException where the entry waits for what is missing */
    Reason refusalUnlessAwaited(Position from) {
        if (enricher.missing() == Missing.WAIT) {
            throw ReferenceUnavailableException.missing(problem() + ", for " + from);
        }
        return refusal();
    }

    private String problem() {
        return "Enrichment " + enricher.name() + ": " + what;
    }
}
