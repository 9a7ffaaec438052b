package dev.forebay.worker;

import dev.forebay.schemas.TopicCheck;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.consume.DeliveryLimit;
import dev.forebay.worker.consume.InFlight;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.ReadingGroup;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.flow.Assembly;
import dev.forebay.worker.flow.Coalescer;
import dev.forebay.worker.flow.EncodeItem;
import dev.forebay.worker.flow.ExecutorThreads;
import dev.forebay.worker.flow.ExhaustedRecords;
import dev.forebay.worker.flow.Finisher;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.JournaledRunner;
import dev.forebay.worker.flow.ModelLane;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.flow.RequestReader;
import dev.forebay.worker.flow.Retries;
import dev.forebay.worker.flow.Stage;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.observe.BudgetState;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.observe.WorkerState;
import dev.forebay.worker.observe.WorkerStats;
import dev.forebay.worker.publish.Postponement;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.publish.TerminalEncoder;
import dev.forebay.worker.publish.TerminalPublisher;
import dev.forebay.worker.reuse.VectorCache;
import dev.forebay.worker.state.Quarantine;
import dev.forebay.worker.state.StateDirectory;
import dev.forebay.worker.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running worker: an inlet per lane, executor threads and a publishing thread. {@link #close} drains what is in flight
 * within the configured bound and commits it.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /** Set by the launcher: how the process ended that this one replaces. */
    private static final String LAST_PROCESS = "forebay.last.process";
    /** A time on the topic of retries that is further away was written by a clock that is wrong. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Tally tally;
    private final Failure failure = new Failure();
    private final Obstacles obstacles = new Obstacles();
    private final Stage<Assembly> publishing;
    private final Map<String, Inlet> inlets = new HashMap<>();
    private final ModelLane lane;
    private final VectorCache cache;
    private final ExecutorThreads executors;
    private final DeliveryMode delivery;
    private final StateDirectory state;
    private final Quarantine quarantine;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "forebay-later-0");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts a worker for tasks that all run on one model, which is warmed up first. The caller keeps the model and
     * closes it after the worker, unless that {@link #hangs}.
     *
     * @throws java.io.UncheckedIOException where the state directory cannot be used
     * @throws dev.forebay.schemas.TopicException where a topic is missing, or no broker answers
     * @throws dev.forebay.worker.consume.GroupException where the group cannot be read with
     */
    public static Worker start(
            WorkerConfig config, Workload workload, KafkaConfig kafka, Topics topics, Codecs codecs) {
        StateDirectory state = StateDirectory.open(config.state());
        try {
            TopicCheck.require(
                    List.of(
                            topics.work().name(),
                            topics.workBulk().name(),
                            topics.retries().name(),
                            topics.outcomes().name(),
                            topics.rejections().name(),
                            topics.deadLetters().name()),
                    kafka);
            DeliveryLimit limit = limit(config, kafka);
            workload.model.warmUp();
            return new Worker(config, workload, kafka, topics, codecs, limit, state);
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /**
     * What the worker runs.
     *
     * @param tasks by name
     * @param executors how many batches may run at once
     */
    public record Workload(Model model, Map<String, Task> tasks, int executors) {}

    private Worker(
            WorkerConfig config,
            Workload workload,
            KafkaConfig kafka,
            Topics topics,
            Codecs codecs,
            DeliveryLimit limit,
            StateDirectory state) {
        this.state = state;
        quarantine = Quarantine.open(
                state,
                workload.executors,
                config.batch().maxCount(),
                List.of(
                        topics.work().name(),
                        topics.workBulk().name(),
                        topics.retries().name()),
                System.getProperty(LAST_PROCESS));
        Clock clock = Clock.systemUTC();
        tally = new Tally(workload.executors, System::nanoTime);
        delivery = delivery(config, kafka, new TerminalEncoder(topics, codecs, clock), limit);
        Outbox outbox = delivery.outbox(done -> inlet(done.ticket()).done(done), input -> inlet(input.ticket())
                .ended(input));
        Retries retries =
                new Retries(config.retries(), retryWay(config, outbox, clock), tally, System::nanoTime, new Random());
        Finisher finisher = new Finisher(outbox, retries, config.carriesText(), clock);
        publishing = new Stage<>(
                "publish",
                Inlet.GROUP_SIZE,
                finished -> {
                    finisher.finish(finished);
                    flushUnlessBusy(outbox, config);
                },
                obstacles,
                failure::report);
        BatchQueue<EncodeItem> queue = new BatchQueue<>(
                new Batcher<>(config.batch(), config.lanes()), System::nanoTime, this::expired, tally::waiting);
        TokenBudget budget = new TokenBudget(config.batch().maxPaddedTokens(), (now, learned, halvings) -> {
            queue.budget(now);
            tally.budgetChanged(new BudgetState(now, learned, halvings));
        });
        cache = new VectorCache(config.cacheBytes());
        Coalescer texts = new Coalescer(workload.model.describe(), cache, publishing::put, tally);
        JournaledRunner runner =
                new JournaledRunner(new BatchRunner(workload.model, budget), records -> quarantine.enter(records)::run);
        lane = new ModelLane(runner, queue, texts, tally, System::nanoTime);
        ExhaustedRecords exhausted = new ExhaustedRecords(limit, outbox);
        Inlet.Shared shared = new Inlet.Shared(config, delivery, quarantine, lane::expire, later, obstacles, failure);
        Map<Topics.Topic, String> lanes = new LinkedHashMap<>();
        lanes.put(topics.work(), "live");
        lanes.putIfAbsent(topics.workBulk(), "bulk");
        lanes.put(topics.retries(), "retry");
        try {
            lanes.forEach((topic, role) -> {
                RequestReader reader = new RequestReader(
                        codecs.of(topic, Request.class),
                        workload.tasks,
                        Map.of(workload.model.describe().name(), lane),
                        outbox,
                        clock,
                        System::nanoTime);
                BiFunction<InputRecord, Ticket, InputTicket> ticketed =
                        topic.equals(topics.retries()) ? waiting(clock) : InputTicket::new;
                inlets.put(
                        topic.name(),
                        new Inlet(
                                role,
                                topic,
                                ticketed,
                                records -> {
                                    exhausted.end(records);
                                    reader.read(records);
                                },
                                shared));
            });
        } catch (RuntimeException e) {
            delivery.close();
            throw e;
        }
        publishing.start(1);
        executors = ExecutorThreads.start(lane, workload.executors, failure::report);
        inlets.values().forEach(Inlet::start);
    }

    public WorkerStats stats() {
        return tally.stats();
    }

    /** For any thread, at any time. */
    public WorkerState state() {
        InFlight inFlight = inFlight();
        return new WorkerState(
                lane.queue().size(),
                lane.queue().oldestAgeNanos(),
                inFlight.records(),
                inFlight.bytes(),
                inFlight.distance(),
                cache.entries(),
                cache.bytes(),
                tally.budget(),
                quarantine.records(),
                obstacles.now());
    }

    /** Tells of batches from now on. */
    public void observe(WorkerMetrics metrics) {
        tally.onward(metrics);
    }

    /** How large batches may be at the moment. */
    public BudgetState budget() {
        return tally.budget();
    }

    /** Why the worker has stopped by itself; empty while it runs. */
    public Optional<Throwable> failure() {
        return failure.cause();
    }

    /** Stops reading, finishes what is in flight within the drain timeout, commits, and leaves the group. */
    @Override
    public void close() {
        lane.queue().drain();
        inlets.values().forEach(Inlet::stopReading);
        inlets.values().forEach(Inlet::close);
        executors.close();
        if (hangs()) {
            LOG.warn("model_hangs records_read_again={}", inFlight().records());
        }
        later.shutdownNow();
        publishing.close();
        delivery.close();
        quarantine.close();
        state.close();
    }

    /**
     * Whether a call was still inside the model when the worker was closed. The model must then not be closed, and the
     * process has to end without an orderly exit: neither survives a call that runs.
     */
    public boolean hangs() {
        return executors.hang();
    }

    private InFlight inFlight() {
        return inlets.values().stream().map(Inlet::inFlight).reduce(InFlight.NOTHING, InFlight::with);
    }

    private static DeliveryLimit limit(WorkerConfig config, KafkaConfig kafka) {
        try (ReadingGroup group = new ReadingGroup(config.group(), kafka)) {
            return group.require(config.delivery() == WorkerConfig.Delivery.QUEUE);
        }
    }

    private DeliveryMode delivery(
            WorkerConfig config, KafkaConfig kafka, TerminalEncoder encoder, DeliveryLimit limit) {
        ConsumerGroup group = new ConsumerGroup(config, kafka, obstacles);
        return switch (config.delivery()) {
            case EXACTLY_ONCE -> new ExactlyOnce(group, state.id(), encoder, tally);
            case AT_LEAST_ONCE ->
                new AtLeastOnce(
                        publisher(kafka, encoder),
                        (role, topic, sink) -> group.read(role, topic, sink, consumer -> consumer));
            case QUEUE ->
                new AtLeastOnce(
                        publisher(kafka, encoder), new ShareGroup(config, kafka, limit, tally, obstacles)::read);
        };
    }

    /**
     * Where order is kept, a request waits in its place, and what comes behind it with it; elsewhere on a topic, where it
     * holds up nobody and is not forgotten when this worker dies.
     */
    private Retries.Way retryWay(WorkerConfig config, Outbox outbox, Clock clock) {
        return switch (config.order()) {
            case KEY -> (input, otherwise, pause) -> inlet(input.ticket()).enter(input.again(System.nanoTime(), pause));
            case NONE ->
                (input, otherwise, pause) -> outbox.end(
                        input, new Terminal.Postponed(otherwise, clock.instant().plus(pause)));
        };
    }

    /** Reads the topic of retries: not before the time that is noted there, and by no clock later than a pause can get. */
    private static BiFunction<InputRecord, Ticket, InputTicket> waiting(Clock clock) {
        return (record, ticket) -> {
            Postponement postponed = Postponement.read(record);
            Duration pause = postponed
                    .notBefore()
                    .map(time -> Duration.between(clock.instant(), time))
                    .filter(wait -> wait.compareTo(LONGEST_PAUSE) < 0)
                    .orElse(Duration.ZERO);
            return new InputTicket(postponed.original(), ticket, record.receivedNanos() + pause.toNanos());
        };
    }

    /** Behind a backlog a few milliseconds more cost nobody anything, and fewer requests leave the model more of the machine. */
    private void flushUnlessBusy(Outbox outbox, WorkerConfig config) {
        if (inFlight().records() < config.batch().lookAhead()) {
            outbox.flush();
        }
    }

    private TerminalPublisher publisher(KafkaConfig kafka, TerminalEncoder encoder) {
        return TerminalPublisher.open(kafka.forProducer(), encoder, tally, obstacles, failure::report);
    }

    private void expired(EncodeItem item) {
        lane.expired(item);
    }

    private Inlet inlet(Ticket ticket) {
        return Objects.requireNonNull(inlets.get(ticket.partition().topic()));
    }
}
