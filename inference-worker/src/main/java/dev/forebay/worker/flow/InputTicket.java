package dev.forebay.worker.flow;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.Ticket;
import java.time.Duration;

/**
 * A record that was read, with the claim to hand back for it.
 *
 * @param startNanos the moment, on the worker's monotonic clock, before which it is not run
 */
public record InputTicket(InputRecord record, Ticket ticket, long startNanos) {
    public InputTicket(InputRecord record, Ticket ticket) {
        this(record, ticket, record.receivedNanos());
    }

    /** The same for one more attempt. */
    public InputTicket again(long nowNanos, Duration pause) {
        return new InputTicket(record.tried(), ticket, nowNanos + pause.toNanos());
    }
}
