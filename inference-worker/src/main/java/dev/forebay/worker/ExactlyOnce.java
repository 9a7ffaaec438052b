package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.RecordSink;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.consume.TransactionalSource;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.HoldingOutbox;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.publish.OutgoingTerminal;
import dev.forebay.worker.publish.TerminalEncoder;
import dev.forebay.worker.publish.TransactionalPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Terminal records wait until everything read before them is done, and go out in one transaction with the offsets of their
 * inputs. Each consumer has a transactional id of its own, which comes again when the worker does.
 */
final class ExactlyOnce implements DeliveryMode {
    private final ConsumerGroup group;
    private final TerminalEncoder encoder;
    private final WorkerMetrics metrics;
    private final String id;
    private final List<TransactionalPublisher> publishers = new ArrayList<>();
    private final List<TransactionalSource> sources = new ArrayList<>();

    /** @param id of this worker, the same in its next life and no other's */
    ExactlyOnce(ConsumerGroup group, String id, TerminalEncoder encoder, WorkerMetrics metrics) {
        this.group = group;
        this.encoder = encoder;
        this.metrics = metrics;
        this.id = id;
    }

    @Override
    public Outbox outbox(Consumer<Done> done, Consumer<InputTicket> ended) {
        return new HoldingOutbox((terminal, input) -> new OutgoingTerminal(encoder, terminal, input), done);
    }

    @Override
    public Reading read(String role, String topic, RecordSink sink) {
        return group.read(role, topic, sink, consumer -> transactional(consumer, role));
    }

    private RecordSource transactional(KafkaSource consumer, String role) {
        TransactionalPublisher publisher = TransactionalPublisher.open(
                group.kafka().forProducer(),
                group.config().group() + "-" + id + "-" + role,
                metrics,
                group.obstacles());
        publishers.add(publisher);
        TransactionalSource source = new TransactionalSource(consumer, consumer::group, publisher, role);
        sources.add(source);
        return source;
    }

    @Override
    public Entrance.Order entranceOrder(Entrance.Order order) {
        return Entrance.Order.NONE;
    }

    @Override
    public void stopSending() {
        // only the poll thread sends, and that has come to its end
    }

    @Override
    public void close() {
        sources.forEach(TransactionalSource::close);
        publishers.forEach(TransactionalPublisher::close);
    }
}
