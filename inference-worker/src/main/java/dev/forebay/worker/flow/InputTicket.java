package dev.forebay.worker.flow;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.Ticket;

/** A record that was read, with the claim to hand back for it. */
public record InputTicket(InputRecord record, Ticket ticket) {}
