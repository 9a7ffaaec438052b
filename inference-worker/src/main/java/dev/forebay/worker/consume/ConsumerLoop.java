package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * One turn of the poll thread: settle what was acknowledged, commit on a cadence, pause or resume, poll, hand over. It
 * never waits for anything but the poll itself, so inference of any length causes no rebalance.
 */
public final class ConsumerLoop implements PollLoop, RecordSource.RebalanceListener {
    private final RecordSource source;
    private final RecordSink sink;
    private final LongSupplier nanoClock;
    private final long commitIntervalNanos;
    private final Ledger ledger;
    private final Queue<Done> done;
    private volatile InFlight inFlight = InFlight.NOTHING;
    private long lastCommit;
    private boolean committing;
    private boolean readsAgain;
    private final Set<String> paused = new HashSet<>();
    private boolean stopping;
    /** As last found out; holds until something is done or the next turn. */
    private boolean waitsForRoom;

    /** @param done records that need nothing more; any thread adds to it */
    public ConsumerLoop(
            RecordSource source,
            RecordSink sink,
            Queue<Done> done,
            InFlightBounds bounds,
            Duration commitInterval,
            LongSupplier nanoClock) {
        this.source = source;
        this.sink = sink;
        this.done = done;
        this.nanoClock = nanoClock;
        this.commitIntervalNanos = commitInterval.toNanos();
        this.ledger = new Ledger(bounds);
        this.lastCommit = nanoClock.getAsLong();
    }

    @Override
    public void turn(Duration pollTimeout) {
        waitsForRoom = false;
        settle();
        rewindIfDue();
        commitIfDue();
        applyBackPressure();
        RecordSource.Polled polled = source.poll(pollTimeout);
        for (InputRecord record : polled.records()) {
            sink.accept(record, ledger.admit(record.partition(), record.offset(), record.bytes()));
        }
        polled.next().forEach(ledger::readUpTo);
        inFlight = new InFlight(ledger.records(), ledger.bytes(), ledger.distance());
    }

    /** Also because reading has ended. */
    @Override
    public boolean waitsForRoom() {
        if (waitsForRoom && done.isEmpty()) {
            return true;
        }
        settle();
        waitsForRoom = paused.containsAll(ledger.topics())
                && !paused.isEmpty()
                && (stopping || paused.stream().noneMatch(ledger::roomAgain));
        return waitsForRoom;
    }

    @Override
    public void stopReading() {
        stopping = true;
    }

    @Override
    public boolean idle() {
        settle();
        return ledger.records() == 0
                && !committing
                && !readsAgain
                && ledger.commit(ledger.partitions()).isEmpty();
    }

    @Override
    public void commitNow() {
        settle();
        commitNow(ledger.partitions());
    }

    @Override
    public void assigned(Map<TopicPartition, Long> positions) {
        positions.forEach(ledger::assign);
        sink.passed(positions);
        // A partition comes unpaused, also to a topic that is paused.
        source.pause(positions.keySet().stream()
                .filter(partition -> paused.contains(partition.topic()))
                .toList());
        applyBackPressure();
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        settle();
        commitNow(partitions);
        ledger.revoke(partitions);
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        ledger.revoke(partitions);
    }

    public int recordsInFlight() {
        return ledger.records();
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    private void settle() {
        for (Done next = done.poll(); next != null; next = done.poll()) {
            ledger.settle(next);
        }
    }

    /** Voids every ticket: what was in flight is read once more, and nothing that still comes of it counts. */
    private void rewindIfDue() {
        if (!readsAgain) {
            return;
        }
        Map<TopicPartition, Long> starts = ledger.committed();
        Map<TopicPartition, Long> positions = starts.isEmpty() ? starts : source.rewind(starts);
        if (positions.keySet().containsAll(starts.keySet())) {
            readsAgain = false;
            ledger.revoke(starts.keySet());
            positions.forEach(ledger::assign);
        }
    }

    private void commitIfDue() {
        long now = nanoClock.getAsLong();
        if (now - lastCommit >= commitIntervalNanos || ledger.worthCommitting() || ledger.waitsForCommitOnly()) {
            commit(ledger.partitions(), source::commitAsync);
        }
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        source.finishCommit();
        commit(partitions, source::commitSync);
    }

    private void commit(Collection<TopicPartition> partitions, BiConsumer<Commit, Consumer<Commit.End>> begin) {
        if (committing || readsAgain) {
            return;
        }
        Commit commit = ledger.commit(partitions);
        if (!commit.isEmpty()) {
            lastCommit = nanoClock.getAsLong();
            committing = true;
            begin.accept(commit, end -> ended(commit, end));
        }
    }

    private void ended(Commit commit, Commit.End end) {
        committing = false;
        switch (end) {
            case COMMITTED -> {
                ledger.committed(commit.offsets());
                sink.passed(commit.offsets());
            }
            case FAILED -> {
                // the next commit says the same and more
            }
            case READ_AGAIN -> readsAgain = true;
        }
    }

    private void applyBackPressure() {
        paused.retainAll(ledger.topics());
        for (String topic : ledger.topics()) {
            if (!paused.contains(topic) && (stopping || ledger.full(topic))) {
                source.pause(ledger.partitions(topic));
                paused.add(topic);
            } else if (paused.contains(topic) && !stopping && ledger.roomAgain(topic)) {
                source.resume(ledger.partitions(topic));
                paused.remove(topic);
            }
        }
    }
}
