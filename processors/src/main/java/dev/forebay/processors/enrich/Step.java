package dev.forebay.processors.enrich;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import java.util.Optional;

/** One entry at work. Safe for use by several threads. */
interface Step {
    Enricher enricher();

    /**
     * Adds to a request what the entry declares.
     *
     * @param from where the request's event stands
     * @return why the request goes no further; empty where it does
     * @throws ReferenceUnavailableException where the data have to be waited for
     */
    Optional<Reason> add(Draft draft, Position from);
}
