package dev.forebay.worker.flow;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.state.RecordIdentity;
import dev.forebay.worker.state.Suspicion;
import java.time.Duration;

/**
 * A record that was read, with the claim to hand back for it.
 *
 * @param startNanos the moment, on the worker's monotonic clock, before which it is not run
 * @param suspicion what earlier crashes say of it
 */
public record InputTicket(InputRecord record, Ticket ticket, long startNanos, Suspicion suspicion) {
    public InputTicket(InputRecord record, Ticket ticket) {
        this(record, ticket, record.receivedNanos());
    }

    public InputTicket(InputRecord record, Ticket ticket, long startNanos) {
        this(record, ticket, startNanos, Suspicion.NONE);
    }

    /** The same under a suspicion. */
    InputTicket suspected(Suspicion other) {
        return other == suspicion ? this : new InputTicket(record, ticket, startNanos, other);
    }

    /** Of the record as it lies in the topic that it was read from, which is not the original's for one that was retried. */
    RecordIdentity identity() {
        return new RecordIdentity(
                ticket.partition().topic(),
                ticket.partition().partition(),
                ticket.offset(),
                record.timestamp(),
                ticket.bytes());
    }

    /** The same for one more attempt. */
    public InputTicket again(long nowNanos, Duration pause) {
        return new InputTicket(record.tried(), ticket, nowNanos + pause.toNanos(), suspicion);
    }
}
