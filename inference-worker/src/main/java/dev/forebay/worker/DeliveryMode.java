package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.RecordSink;
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
     * Opens what reads a topic.
     *
     * @param role ends the names of its threads and clients
     */
    Reading read(String role, String topic, RecordSink sink);

    /** What the entrance has to see to, of the order that is asked for. */
    Entrance.Order entranceOrder(Entrance.Order order);

    /** Sends nothing more: what is still on its way when the drain timeout has run out will be read again. */
    void stopSending();

    /** After the inlets and the flow. */
    @Override
    void close();
}
