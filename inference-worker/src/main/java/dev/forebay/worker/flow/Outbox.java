package dev.forebay.worker.flow;

import dev.forebay.worker.publish.Terminal;

/** Where the flow ends a record. Any thread. */
public interface Outbox {
    /**
     * Ends a record with its terminal.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where nothing happened; the same call may succeed
     *     later
     */
    void end(InputTicket input, Terminal terminal);

    /** Holds nothing back that could go out now. */
    void flush();
}
