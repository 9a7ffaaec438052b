package dev.forebay.worker.simulation;

import dev.forebay.worker.consume.DeliveryLimit;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.RecordPosition;
import dev.forebay.worker.consume.Runs;
import dev.forebay.worker.consume.ShareLoop;
import dev.forebay.worker.consume.ShareSource;
import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.simulation.FakeShareGroup.Acknowledgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The real share loops of a worker over a fake group, in virtual time; its model and its producer are random delays. */
final class SimulatedShareWorker {
    static final int CONSUMERS = DeliveryLimit.CONSUMERS;
    static final int MAX_POLL = 10;
    private static final int EXECUTORS = 8;

    private final FakeShareGroup group;
    private final Random random;
    private final long[] clock;
    private final Bug bug;
    private final BiConsumer<RecordPosition, Boolean> arrived;
    private final DeliveryLimit limit;
    private final Runs runs = new Runs(new WorkerMetrics() {});
    private final List<Source> sources = new ArrayList<>();
    private final List<ShareLoop> loops = new ArrayList<>();
    private final List<Work> queued = new ArrayList<>();
    private final List<Work> running = new ArrayList<>();
    private final List<Work> sending = new ArrayList<>();
    private final Set<RecordPosition> atWork = new HashSet<>();
    private final Set<RecordPosition> taken = new HashSet<>();

    /** What a worker may do wrong, for the checker to see. */
    enum Bug {
        NONE,
        /** A record is accepted when its terminal record is sent, not when it has arrived. */
        ACCEPTS_EARLY,
        /** A renewed record that comes back is run like a new one. */
        RUNS_ECHOES,
        /** Locks are left to time out. */
        NEVER_RENEWS,
        /** The dead letter is written when one more delivery is left, which nobody may get. */
        DEAD_LETTER_LATE
    }

    /** @param arrived told of terminal records that the broker has, and whether they are dead letters */
    SimulatedShareWorker(
            FakeShareGroup group, Random random, long[] clock, Bug bug, BiConsumer<RecordPosition, Boolean> arrived) {
        this.group = group;
        this.random = random;
        this.clock = clock;
        this.bug = bug;
        this.arrived = arrived;
        this.limit =
                new DeliveryLimit(bug == Bug.DEAD_LETTER_LATE ? 2 * (FakeShareGroup.LIMIT - 1) : FakeShareGroup.LIMIT);
        for (int i = 0; i < CONSUMERS; i++) {
            Source source = new Source();
            ShareLoop loop = new ShareLoop(source, this::take, runs, limit, Duration.ofNanos(20), () -> clock[0]);
            source.listener = loop;
            sources.add(source);
            loops.add(loop);
        }
    }

    private void take(InputRecord record, Ticket ticket) {
        boolean dead = limit.exhausted(record);
        taken.add(record.position());
        if (!atWork.add(record.position()) && !dead) {
            throw new AssertionError(record.position() + " runs twice in one worker");
        }
        queued.add(new Work(record.position(), ticket, dead, 0));
    }

    /** Lets what was sent arrive, also where the process is frozen. */
    void network() {
        sources.forEach(Source::network);
    }

    /** One random thing that a thread of the worker might do next. */
    void step() {
        switch (random.nextInt(3)) {
            case 0 -> {
                ShareLoop loop = loops.get(random.nextInt(CONSUMERS));
                if (!loop.waitsForRoom() || random.nextBoolean()) {
                    loop.turn(Duration.ZERO);
                }
            }
            case 1 -> infer();
            default -> deliver();
        }
    }

    private void infer() {
        for (Work work : due(running)) {
            send(work);
        }
        while (!queued.isEmpty() && running.size() < EXECUTORS) {
            Work work = queued.remove(0);
            if (work.dead) {
                send(work);
            } else {
                long slow = random.nextInt(40) == 0 ? 3 * FakeShareGroup.LOCK : 0;
                running.add(work.until(clock[0] + 5 + random.nextInt(40) + slow));
            }
        }
    }

    private void send(Work work) {
        sending.add(work.until(clock[0] + 1 + random.nextInt(30)));
        if (bug == Bug.ACCEPTS_EARLY) {
            runs.ended(work.ticket);
        }
    }

    private void deliver() {
        for (Work work : due(sending)) {
            arrived.accept(work.position, work.dead);
            atWork.remove(work.position);
            runs.ended(work.ticket);
        }
    }

    private List<Work> due(List<Work> works) {
        List<Work> due = works.stream().filter(work -> work.until <= clock[0]).toList();
        works.removeAll(due);
        return due;
    }

    /** One of its connections breaks; what was on its way arrived or not. */
    void disconnect() {
        sources.get(random.nextInt(CONSUMERS)).disconnect();
    }

    /** The process ends; what was sent arrives or not. The broker notices, or waits for the locks where the machine is gone. */
    void crash(boolean noticed) {
        for (Work work : sending) {
            if (random.nextBoolean()) {
                arrived.accept(work.position, work.dead);
            }
        }
        sources.forEach(source -> source.abandon(noticed));
    }

    /** Begins to stop: what it has is finished within the drain timeout. */
    void drain() {
        loops.forEach(ShareLoop::stopReading);
    }

    /** The drain timeout is over. */
    void stop() {
        loops.forEach(ShareLoop::commitNow);
        sources.forEach(source -> source.abandon(true));
    }

    /** How many records it has run, runs or is going to run that the group may deliver again. */
    int unsettled() {
        taken.removeIf(position -> !group.isOpen(position));
        Set<RecordPosition> all = new HashSet<>(taken);
        sources.forEach(source -> source.late.forEach(record -> all.add(record.position())));
        return all.size();
    }

    /** The records that are run now. */
    Set<RecordPosition> running() {
        Set<RecordPosition> now = new HashSet<>();
        running.forEach(work -> now.add(work.position));
        return now;
    }

    /** The records whose dead letter is on its way, or due but for a run that is waited for. */
    Set<RecordPosition> dying() {
        Set<RecordPosition> now = new HashSet<>();
        atWork.stream()
                .filter(position -> group.isOpen(position) && limit.exhausted(group.echo(position)))
                .forEach(now::add);
        queued.stream().filter(work -> work.dead).forEach(work -> now.add(work.position));
        sending.stream().filter(work -> work.dead).forEach(work -> now.add(work.position));
        return now;
    }

    private record Work(RecordPosition position, Ticket ticket, boolean dead, long until) {
        Work until(long then) {
            return new Work(position, ticket, dead, then);
        }
    }

    /** Acknowledgements of records of one partition, on their way to the broker and back. */
    private record Request(Map<RecordPosition, Acknowledgement> types, long arrives, boolean taken) {
        Request taken(boolean answer) {
            return new Request(types, arrives, answer);
        }

        boolean renews() {
            return types.containsValue(Acknowledgement.RENEW);
        }
    }

    /** A share consumer with its rules: what may be acknowledged when, and what a poll gives. */
    private final class Source implements ShareSource {
        private final Map<RecordPosition, InputRecord> delivered = new LinkedHashMap<>();
        private final Map<RecordPosition, Acknowledgement> unsent = new LinkedHashMap<>();
        private final Map<RecordPosition, InputRecord> renewed = new LinkedHashMap<>();
        private final List<Request> requests = new ArrayList<>();
        private final List<Request> answered = new ArrayList<>();
        /** Locked, and on their way. */
        private List<InputRecord> late = List.of();

        private @Nullable AcknowledgementListener listener;

        @Override
        public List<InputRecord> poll(Duration timeout) {
            if (!delivered.isEmpty()) {
                throw new IllegalStateException("All records must be acknowledged in explicit acknowledgement mode.");
            }
            tell();
            if (random.nextInt(4) > 0) {
                send(1 + random.nextInt(20)); // else a fetch was on its way already
            }
            List<InputRecord> records;
            if (renewed.isEmpty() && requests.stream().noneMatch(Request::renews)) {
                records = fetched();
            } else {
                records = List.copyOf(renewed.values());
                renewed.clear();
            }
            records.forEach(record -> delivered.put(record.position(), record));
            return records;
        }

        private List<InputRecord> fetched() {
            List<InputRecord> records = late;
            late = List.of();
            if (records.isEmpty() && random.nextInt(4) > 0) {
                List<InputRecord> locked = group.fetch(this, MAX_POLL);
                if (random.nextInt(8) == 0) {
                    late = locked;
                } else {
                    records = locked;
                }
            }
            return records;
        }

        @Override
        public void accept(RecordPosition position) {
            acknowledge(position, Acknowledgement.ACCEPT);
        }

        @Override
        public void renew(RecordPosition position) {
            acknowledge(position, Acknowledgement.RENEW);
        }

        private void acknowledge(RecordPosition position, Acknowledgement type) {
            if (delivered.remove(position) == null) {
                throw new IllegalStateException("The record cannot be acknowledged.");
            }
            unsent.put(position, type);
        }

        @Override
        public void commitAsync() {
            tell();
            send(1 + random.nextInt(20));
        }

        @Override
        public void commitSync() {
            send(0);
            if (random.nextInt(20) > 0) {
                requests.forEach(request -> arrive(request));
                requests.clear();
            }
            tell();
        }

        private void send(long delay) {
            Map<TopicPartition, Map<RecordPosition, Acknowledgement>> split = new LinkedHashMap<>();
            unsent.forEach(
                    (position, type) -> split.computeIfAbsent(position.partition(), partition -> new LinkedHashMap<>())
                            .put(position, type));
            split.values().forEach(types -> requests.add(new Request(types, clock[0] + delay, true)));
            unsent.clear();
        }

        /** What is on its way reaches the broker, whatever the worker does. */
        void network() {
            List<Request> due = requests.stream()
                    .filter(request -> request.arrives <= clock[0])
                    .toList();
            requests.removeAll(due);
            due.forEach(this::arrive);
        }

        private void arrive(Request request) {
            answered.add(request.taken(group.acknowledge(this, request.types)));
        }

        private void tell() {
            List<Request> told = List.copyOf(answered);
            answered.clear();
            for (Request request : told) {
                request.types.forEach((position, type) -> {
                    if (request.taken && type == Acknowledgement.RENEW) {
                        renewed.put(position, echo(group.echo(position)));
                    }
                });
                tell(request.types, request.taken);
            }
        }

        private InputRecord echo(InputRecord record) {
            return bug != Bug.RUNS_ECHOES
                    ? record
                    : new InputRecord(
                            record.partition(),
                            record.offset(),
                            clock[0],
                            null,
                            new byte[1],
                            record.headers(),
                            0,
                            record.deliveries() + 1);
        }

        private void tell(Map<RecordPosition, Acknowledgement> types, boolean taken) {
            Map<TopicPartition, List<Long>> offsets = new HashMap<>();
            types.keySet()
                    .forEach(position -> offsets.computeIfAbsent(position.partition(), partition -> new ArrayList<>())
                            .add(position.offset()));
            AcknowledgementListener told = Objects.requireNonNull(listener);
            offsets.forEach((partition, list) -> {
                if (taken) {
                    told.taken(partition, list);
                } else {
                    told.refused(partition, list);
                }
            });
        }

        void disconnect() {
            for (Request request : requests) {
                if (random.nextBoolean()) {
                    group.acknowledge(this, request.types);
                }
                answered.add(request.taken(false));
            }
            requests.clear();
            group.disconnected(this, 0);
        }

        void abandon(boolean noticed) {
            if (noticed) {
                group.disconnected(this, random.nextInt(CONSUMERS));
            }
        }

        @Override
        public long renewAfterNanos() {
            return bug == Bug.NEVER_RENEWS ? Long.MAX_VALUE : FakeShareGroup.LOCK / 3;
        }
    }
}
