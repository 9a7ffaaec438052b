package dev.forebay.worker.simulation;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.worker.WorkerConfig.Delivery;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.batch.LanePolicy;
import dev.forebay.worker.consume.Commit;
import dev.forebay.worker.consume.ConsumerLoop;
import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.InFlightBounds;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.flow.Arrivals;
import dev.forebay.worker.flow.Assembly;
import dev.forebay.worker.flow.Coalescer;
import dev.forebay.worker.flow.EncodeItem;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.Finisher;
import dev.forebay.worker.flow.HoldingOutbox;
import dev.forebay.worker.flow.InputTicket;
import dev.forebay.worker.flow.JournaledRunner;
import dev.forebay.worker.flow.ModelLane;
import dev.forebay.worker.flow.Outbox;
import dev.forebay.worker.flow.RequestReader;
import dev.forebay.worker.flow.Retries;
import dev.forebay.worker.flow.RetryPolicy;
import dev.forebay.worker.flow.SendingOutbox;
import dev.forebay.worker.flow.Stage;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.publish.TerminalSink;
import dev.forebay.worker.reuse.VectorCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The worker's real loop, reader, batcher, runner and finisher over a fake broker and model, in virtual time. */
final class SimulatedWorker {
    static final int MAX_POLL = 20;
    private static final long LIVE_BOUND = 60;
    static final InFlightBounds BOUNDS = new InFlightBounds(60, 100_000);

    private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofNanos(20), Duration.ofNanos(100));
    private static final int EXECUTORS = 2;
    private static final int CACHE_BYTES = 10_000;

    private final FakeBroker broker;
    private final Random random;
    private final long[] clock;
    private final Delivery delivery;
    private final Bug bug;
    private final Source source = new Source();
    private final ConsumerLoop loop;
    private final Entrance entrance;
    private final ModelLane lane;
    private final Stage<InputTicket> reading;
    private final Stage<Assembly> publishing;
    private final List<Running> executors = new ArrayList<>();
    private final Queue<InputTicket> later = new PriorityQueue<>(Comparator.comparingLong(InputTicket::startNanos));

    /** What a worker may do wrong, for the checker to see. */
    enum Bug {
        NONE,
        /** Tickets come back when a record is sent, not when it has arrived. */
        ACKNOWLEDGES_EARLY,
        /** Requests of one key are on their way together. */
        KEEPS_NO_ORDER,
        /** The batcher never learns how late it is. */
        FORGETS_DEADLINES,
        /** After a transaction that failed it goes on where it was. */
        REWINDS_NOT,
        /** A transaction goes out under whatever assignment there is when it arrives. */
        IS_NOT_FENCED,
        /** Nobody tells it that its last life crashed. */
        KNOWS_OF_NO_CRASH
    }

    /** @param slot what this life knows of the last */
    SimulatedWorker(
            FakeBroker broker, Random random, long[] clock, Delivery delivery, Bug bug, SimulatedSlot.Life slot) {
        this.delivery = delivery;
        this.bug = bug;
        this.broker = broker;
        this.random = random;
        this.clock = clock;
        TerminalSink honest = broker.connection(this, clock);
        TerminalSink sink = bug == Bug.ACKNOWLEDGES_EARLY ? new Hasty(honest) : honest;
        Queue<Done> done = new ArrayDeque<>();
        boolean once = delivery == Delivery.EXACTLY_ONCE;
        this.entrance = new Entrance(
                once || bug == Bug.KEEPS_NO_ORDER ? Entrance.Order.NONE : Entrance.Order.KEY, this::toTokenizers);
        Outbox outbox = once
                ? new HoldingOutbox(FakeBroker.Unsent::new, done::add)
                : new SendingOutbox(sink, done::add, entrance::ended);
        Consumer<Throwable> fatal = failure -> {
            throw new AssertionError(failure);
        };
        Tally tally = new Tally(EXECUTORS, () -> clock[0]);
        Retries retries = new Retries(
                RETRIES,
                (input, otherwise, pause) -> later.add(input.again(clock[0], pause)),
                tally,
                () -> clock[0],
                random);
        this.publishing = new Stage<>(
                "publish", 8, new Finisher(outbox, retries, false, this::now)::finish, new Obstacles(), fatal);
        Batcher<EncodeItem> batcher = new Batcher<>(
                new BatchPolicy(256, 16, 64, 8, 0), new LanePolicy(0.2, LIVE_BOUND, LanePolicy.NO_LOWER_BOUND));
        BatchQueue<EncodeItem> queue = new BatchQueue<>(
                batcher, () -> bug == Bug.FORGETS_DEADLINES ? 0 : clock[0], this::expired, tally::waiting);
        TokenBudget budget = new TokenBudget(256, (tokens, learned, halvings) -> queue.budget(tokens));
        FakeModel model = new FakeModel(random, slot.crashing());
        Coalescer texts = new Coalescer(model.describe(), new VectorCache(CACHE_BYTES), publishing::put, tally);
        JournaledRunner runner = new JournaledRunner(
                new BatchRunner(model, budget), records -> slot.quarantine().enter(records)::run);
        this.lane = new ModelLane(runner, queue, texts, tally, () -> bug == Bug.FORGETS_DEADLINES ? 0 : clock[0]);
        RequestReader reader = new RequestReader(
                new LineCodec(),
                Map.of("words", new FakeTask()),
                Map.of("fake", lane),
                outbox,
                this::now,
                () -> clock[0]);
        this.reading = new Stage<>("tokenize", 8, reader::read, new Obstacles(), fatal);
        this.loop = new ConsumerLoop(
                source,
                new Arrivals(entrance, InputTicket::new, slot.quarantine()),
                done,
                BOUNDS,
                Duration.ofNanos(40),
                () -> clock[0]);
    }

    private void toTokenizers(InputTicket input) {
        reading.put(input);
    }

    private void expired(EncodeItem item) {
        lane.expired(item);
    }

    /** One random thing that a thread of the worker might do next. */
    void step() {
        switch (random.nextInt(4)) {
            case 0 -> {
                loop.turn(Duration.ZERO);
                lane.expire();
            }
            case 1 -> {
                for (InputTicket next = later.peek();
                        next != null && next.startNanos() <= clock[0];
                        next = later.peek()) {
                    reading.put(later.remove());
                }
                reading.runQueued();
            }
            case 2 -> publishing.runQueued();
            default -> infer();
        }
    }

    private void infer() {
        executors.removeIf(running -> {
            if (running.until > clock[0]) {
                return false;
            }
            lane.run(running.batch);
            return true;
        });
        if (executors.size() < EXECUTORS) {
            Batch<EncodeItem> batch = lane.queue().poll();
            if (batch != null) {
                batch.items().forEach(this::checkInTime);
                long slow = random.nextInt(20) == 0 ? 500 : 0;
                executors.add(new Running(batch, clock[0] + 5 + random.nextInt(40) + slow));
            }
        }
    }

    private void checkInTime(Item<EncodeItem> item) {
        if (item.deadlineNanos() <= clock[0]) {
            throw new AssertionError("an item left for the model at " + clock[0] + ", after its deadline");
        }
    }

    void assign(Collection<TopicPartition> partitions) {
        source.assign(partitions);
    }

    void revoke(Collection<TopicPartition> partitions) {
        source.positions.keySet().removeAll(partitions);
        loop.revoked(partitions);
    }

    void lose(Collection<TopicPartition> partitions) {
        source.positions.keySet().removeAll(partitions);
        loop.lost(partitions);
    }

    Collection<TopicPartition> partitions() {
        return List.copyOf(source.positions.keySet());
    }

    int recordsInFlight() {
        return loop.recordsInFlight();
    }

    boolean idle() {
        return loop.idle() && lane.queue().size() == 0;
    }

    void commitNow() {
        loop.commitNow();
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock[0]);
    }

    /** Says that a record has arrived when it is sent. */
    private record Hasty(TerminalSink honest) implements TerminalSink {
        @Override
        public void publish(Terminal terminal, InputRecord source, Runnable acknowledged) {
            honest.publish(terminal, source, () -> {});
            acknowledged.run();
        }

        @Override
        public void flush() {
            honest.flush();
        }
    }

    private record Running(Batch<EncodeItem> batch, long until) {}

    /** Reads the fake log, a few records at a time. */
    private final class Source implements RecordSource {
        private final Map<TopicPartition, Long> positions =
                new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
        private final Set<TopicPartition> paused = new HashSet<>();
        private FakeBroker.@Nullable Transaction transaction;
        private @Nullable Consumer<Commit.End> told;

        void assign(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> starts = new HashMap<>();
            for (TopicPartition partition : partitions) {
                broker.assigned(partition);
                starts.put(partition, broker.committed(partition));
            }
            positions.putAll(starts);
            paused.removeAll(partitions);
            loop.assigned(starts);
        }

        @Override
        public Polled poll(Duration timeout) {
            tell();
            List<InputRecord> records = new ArrayList<>();
            Map<TopicPartition, Long> next = new HashMap<>();
            for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
                if (!paused.contains(position.getKey())) {
                    while (records.size() < MAX_POLL && position.getValue() < broker.end(position.getKey())) {
                        records.add(broker.read(position.getKey(), position.getValue(), clock[0]));
                        position.setValue(position.getValue() + 1);
                    }
                    next.put(position.getKey(), position.getValue());
                }
            }
            return new Polled(records, next);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            checkAssigned(partitions);
            paused.addAll(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            checkAssigned(partitions);
            paused.removeAll(partitions);
        }

        /** As the real consumer does. */
        private void checkAssigned(Collection<TopicPartition> partitions) {
            if (!positions.keySet().containsAll(partitions)) {
                throw new AssertionError("not assigned: " + partitions);
            }
        }

        @Override
        public void commitAsync(Commit commit, Consumer<Commit.End> ended) {
            if (delivery == Delivery.EXACTLY_ONCE) {
                Map<TopicPartition, Integer> members = bug == Bug.IS_NOT_FENCED
                        ? Map.of()
                        : broker.members(commit.offsets().keySet());
                transaction = broker.begin(SimulatedWorker.this, commit, members, clock);
                told = ended;
            } else {
                broker.commit(commit.offsets());
                ended.accept(Commit.End.COMMITTED);
            }
        }

        @Override
        public void commitSync(Commit commit, Consumer<Commit.End> ended) {
            commitAsync(commit, ended);
            finishCommit();
        }

        /** In an orderly rebalance a transaction comes to its end, or is too slow. */
        @Override
        public void finishCommit() {
            if (transaction != null && !transaction.ended() && random.nextInt(4) > 0) {
                broker.end(SimulatedWorker.this);
            }
            tell();
        }

        private void tell() {
            FakeBroker.Transaction running = transaction;
            if (running != null && running.ended()) {
                transaction = null;
                Objects.requireNonNull(told).accept(running.committed() ? Commit.End.COMMITTED : failed());
            }
        }

        private Commit.End failed() {
            return bug == Bug.REWINDS_NOT ? Commit.End.COMMITTED : Commit.End.READ_AGAIN;
        }

        @Override
        public Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts) {
            if (random.nextInt(3) == 0) {
                return Map.of();
            }
            checkAssigned(starts.keySet());
            Map<TopicPartition, Long> committed = new HashMap<>();
            starts.keySet().forEach(partition -> committed.put(partition, broker.committed(partition)));
            positions.putAll(committed);
            return committed;
        }
    }

    /** Requests as {@code id|expires|lane|text}, and anything else as malformed. */
    private static final class LineCodec implements Codec<Request> {
        @Override
        public byte[] encode(Request value) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public Decoded<Request> decode(byte @Nullable [] bytes) {
            if (bytes == null) {
                return new Decoded.Bad<>(ReasonCode.NULL_VALUE, "null");
            }
            List<String> parts = List.of(new String(bytes, StandardCharsets.UTF_8).split("\\|", -1));
            if (parts.size() != 4) {
                return new Decoded.Bad<>(ReasonCode.MALFORMED, "not four parts");
            }
            return new Decoded.Good<>(Request.newBuilder()
                    .setRequestId(parts.get(0))
                    .setTask("words")
                    .setText(parts.get(3))
                    .setLane(Lane.valueOf(parts.get(2)))
                    .setIssuedAt(Instant.EPOCH)
                    .setExpiresAt(
                            parts.get(1).isEmpty() ? null : Instant.ofEpochSecond(0, Long.parseLong(parts.get(1))))
                    .build());
        }
    }
}
