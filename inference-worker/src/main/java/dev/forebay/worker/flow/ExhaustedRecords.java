package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.consume.DeliveryLimit;
import dev.forebay.worker.publish.Terminal;
import java.util.Iterator;
import java.util.List;

/** Ends records that were delivered too often to be run once more: whatever they do to a worker, they do it each time. */
public final class ExhaustedRecords {
    private final DeliveryLimit limit;
    private final Outbox outbox;

    public ExhaustedRecords(DeliveryLimit limit, Outbox outbox) {
        this.limit = limit;
        this.outbox = outbox;
    }

    /**
     * Ends them and takes them out of the list.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where that has to be done again
     */
    public void end(List<InputTicket> records) {
        for (Iterator<InputTicket> each = records.iterator(); each.hasNext(); ) {
            InputTicket input = each.next();
            if (limit.exhausted(input.record())) {
                String message = "delivered " + input.record().deliveries()
                        + " times without an end; the group delivers " + limit.deliveries() + " times at most";
                outbox.end(input, new Terminal.Dead(ReasonCode.DELIVERIES_EXHAUSTED, message, null, null));
                each.remove();
            }
        }
    }
}
