package dev.forebay.worker.publish;

import dev.forebay.worker.consume.InputRecord;

/** Where terminal records go. */
public interface TerminalSink {
    /**
     * Sends the terminal record of an input record.
     *
     * @param acknowledged run once, when the broker has it; by any thread
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where nothing was sent; the same call may
     *     succeed later
     */
    void publish(Terminal terminal, InputRecord source, Runnable acknowledged);

    /** Sends at once what may be waiting for company, and waits until the broker has it or refuses it. */
    void flush();
}
