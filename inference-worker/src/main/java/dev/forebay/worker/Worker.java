package dev.forebay.worker;

import dev.forebay.schemas.TopicCheck;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.consume.ConsumerLoop;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.flow.Assembly;
import dev.forebay.worker.flow.Coalescer;
import dev.forebay.worker.flow.EncodeItem;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.ExecutorThreads;
import dev.forebay.worker.flow.Finisher;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.ModelLane;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.flow.RequestReader;
import dev.forebay.worker.flow.Stage;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.observe.BudgetState;
import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.observe.WorkerStats;
import dev.forebay.worker.publish.TerminalEncoder;
import dev.forebay.worker.publish.TerminalPublisher;
import dev.forebay.worker.reuse.VectorCache;
import dev.forebay.worker.task.Task;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running worker: one poll thread, tokenizer threads, executor threads and a publishing thread. {@link #close} drains
 * what is in flight within the configured bound and commits it.
 */
public final class Worker implements AutoCloseable {
    private static final int TOKENIZER_GROUP = 32;

    private final Tally tally;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Stage<Assembly> publishing;
    private final Stage<InputTicket> reading;
    private final ModelLane lane;
    private final ExecutorThreads executors;
    private final TerminalPublisher publisher;
    private final PollThread pollThread;

    /**
     * Starts a worker for tasks that all run on one model, which is warmed up first. The caller keeps the model and
     * closes it after the worker.
     *
     * @throws dev.forebay.schemas.TopicException where a topic is missing, or no broker answers
     */
    public static Worker start(
            WorkerConfig config, Workload workload, KafkaConfig kafka, Topics topics, Codecs codecs) {
        TopicCheck.require(
                List.of(
                        topics.work().name(),
                        topics.workBulk().name(),
                        topics.outcomes().name(),
                        topics.rejections().name(),
                        topics.deadLetters().name()),
                kafka);
        workload.model.warmUp();
        return new Worker(config, workload, kafka, topics, codecs);
    }

    /**
     * What the worker runs.
     *
     * @param tasks by name
     * @param executors how many batches may run at once
     */
    public record Workload(Model model, Map<String, Task> tasks, int executors) {}

    private Worker(WorkerConfig config, Workload workload, KafkaConfig kafka, Topics topics, Codecs codecs) {
        Clock clock = Clock.systemUTC();
        tally = new Tally(workload.executors, System::nanoTime);
        publisher = TerminalPublisher.open(
                kafka.forProducer(), new TerminalEncoder(topics, codecs, clock), tally, this::fail);
        KafkaSource source = new KafkaSource(kafka.forConsumer(), config.group(), System::nanoTime);
        Queue<Ticket> acknowledged = new ConcurrentLinkedQueue<>();
        Entrance entrance = new Entrance(config.order(), this::toTokenizers);
        Outbox outbox = new Outbox(publisher, acknowledged::add, entrance::ended);
        publishing = new Stage<>("publish", TOKENIZER_GROUP, new Finisher(outbox, clock)::finish, this::fail);
        BatchQueue<EncodeItem> queue = new BatchQueue<>(
                new Batcher<>(config.batch(), config.lanes()), System::nanoTime, this::expired, tally::waiting);
        TokenBudget budget = new TokenBudget(config.batch().maxPaddedTokens(), (now, learned, halvings) -> {
            queue.budget(now);
            tally.budgetChanged(new BudgetState(now, learned, halvings));
        });
        Coalescer texts =
                new Coalescer(workload.model.describe(), new VectorCache(config.cacheBytes()), publishing::put, tally);
        lane = new ModelLane(new BatchRunner(workload.model, budget), queue, texts, tally, System::nanoTime);
        RequestReader reader = new RequestReader(
                codecs.of(topics.work(), Request.class),
                workload.tasks,
                Map.of(workload.model.describe().name(), lane),
                outbox,
                clock,
                System::nanoTime);
        reading = new Stage<>("tokenize", TOKENIZER_GROUP, reader::read, this::fail);

        ConsumerLoop loop = new ConsumerLoop(
                source,
                (record, ticket) -> entrance.arrive(new InputTicket(record, ticket)),
                acknowledged,
                config.bounds(),
                config.commitInterval(),
                System::nanoTime);
        source.subscribe(topics.workNames(), loop);
        publishing.start(1);
        reading.start(config.tokenizerThreads());
        executors = ExecutorThreads.start(lane, workload.executors, this::fail);
        pollThread = new PollThread(loop, source, lane::expire, config.drainTimeout(), failure);
        pollThread.start();
    }

    public WorkerStats stats() {
        return tally.stats();
    }

    /** How large batches may be at the moment. */
    public BudgetState budget() {
        return tally.budget();
    }

    /** Why the worker has stopped by itself; empty while it runs. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Stops reading, finishes what is in flight within the drain timeout, commits, and leaves the group. */
    @Override
    public void close() {
        lane.queue().drain();
        pollThread.close();
        reading.close();
        executors.close();
        publishing.close();
        publisher.close();
    }

    private void toTokenizers(InputTicket input) {
        reading.put(input);
    }

    private void expired(EncodeItem item) {
        lane.expired(item);
    }

    private void fail(Throwable cause) {
        // INVARIANT: nothing is committed past the record at fault, because its ticket never comes back.
        failure.compareAndSet(null, cause);
    }
}
