package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Outbox;
import java.util.function.Consumer;

/** What differs between the promises that a worker can give. */
interface DeliveryMode extends AutoCloseable {
    /**
     * Where terminal records go.
     *
     * @param done told of records that need nothing more
     * @param ended told of records whose terminal record the broker has
     */
    Outbox outbox(Consumer<Done> done, Consumer<InputTicket> ended);

    /**
     * A consumer with the commits of this mode.
     *
     * @param role which of the worker's consumers it is
     */
    RecordSource committing(KafkaSource source, String role);

    /** What the entrance has to see to, of the order that is asked for. */
    Entrance.Order entranceOrder(Entrance.Order order);

    /** Sends nothing more: what is still on its way when the drain timeout has run out will be read again. */
    void stopSending();

    /** After the inlets and the flow. */
    @Override
    void close();
}
