package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.RecordSink;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.flow.SendingOutbox;
import dev.forebay.worker.publish.TerminalPublisher;
import java.util.function.Consumer;

/** Terminal records are sent as they come, and their inputs are committed or accepted when they were acknowledged. */
final class AtLeastOnce implements DeliveryMode {
    private final TerminalPublisher publisher;
    private final TopicReader topics;

    /** Opens what reads a topic. */
    @FunctionalInterface
    interface TopicReader {
        Reading read(String role, String topic, RecordSink sink);
    }

    AtLeastOnce(TerminalPublisher publisher, TopicReader topics) {
        this.publisher = publisher;
        this.topics = topics;
    }

    @Override
    public Outbox outbox(Consumer<Done> done, Consumer<InputTicket> ended) {
        return new SendingOutbox(publisher, done, ended);
    }

    @Override
    public Reading read(String role, String topic, RecordSink sink) {
        return topics.read(role, topic, sink);
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
