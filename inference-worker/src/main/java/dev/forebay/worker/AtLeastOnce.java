package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.flow.SendingOutbox;
import dev.forebay.worker.publish.TerminalPublisher;
import java.util.function.Consumer;

/** Terminal records are sent as they come, and offsets are committed behind those that were acknowledged. */
final class AtLeastOnce implements DeliveryMode {
    private final TerminalPublisher publisher;

    AtLeastOnce(TerminalPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Outbox outbox(Consumer<Done> done, Consumer<InputTicket> ended) {
        return new SendingOutbox(publisher, done, ended);
    }

    @Override
    public RecordSource committing(KafkaSource source, String role) {
        return source;
    }

    @Override
    public Entrance.Order entranceOrder(Entrance.Order order) {
        return order;
    }

    @Override
    public void stopSending() {
        publisher.stopSending();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
