package dev.forebay.worker;

import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.consume.TransactionalSource;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.HoldingOutbox;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.publish.OutgoingTerminal;
import dev.forebay.worker.publish.TerminalEncoder;
import dev.forebay.worker.publish.TransactionalPublisher;
import dev.forebay.worker.state.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Terminal records wait until everything read before them is done, and go out in one transaction with the offsets of their
 * inputs. Each consumer has a transactional id of its own, which comes again when the worker does.
 */
final class ExactlyOnce implements DeliveryMode {
    private final String group;
    private final KafkaConfig kafka;
    private final TerminalEncoder encoder;
    private final WorkerMetrics metrics;
    private final Obstacles obstacles;
    private final StateDirectory state;
    private final List<TransactionalPublisher> publishers = new ArrayList<>();
    private final List<TransactionalSource> sources = new ArrayList<>();

    /** @param state the root of the state directory, of which this takes a slot */
    ExactlyOnce(
            String group,
            KafkaConfig kafka,
            TerminalEncoder encoder,
            WorkerMetrics metrics,
            Obstacles obstacles,
            Path state) {
        this.group = group;
        this.kafka = kafka;
        this.encoder = encoder;
        this.metrics = metrics;
        this.obstacles = obstacles;
        this.state = StateDirectory.open(state);
    }

    @Override
    public Outbox outbox(Consumer<Done> done, Consumer<InputTicket> ended) {
        return new HoldingOutbox((terminal, input) -> new OutgoingTerminal(encoder, terminal, input), done);
    }

    @Override
    public RecordSource committing(KafkaSource source, String role) {
        TransactionalPublisher publisher = TransactionalPublisher.open(
                kafka.forProducer(), group + "-" + state.id() + "-" + role, metrics, obstacles);
        publishers.add(publisher);
        TransactionalSource transactional = new TransactionalSource(source, source::group, publisher, role);
        sources.add(transactional);
        return transactional;
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
        state.close();
    }
}
