package dev.forebay.worker.consume;

import org.jspecify.annotations.Nullable;

/**
 * A record that needs nothing more.
 *
 * @param terminal its terminal record where that has still to go out; null where the broker has it
 */
public record Done(Ticket ticket, @Nullable UnsentTerminal terminal) {}
