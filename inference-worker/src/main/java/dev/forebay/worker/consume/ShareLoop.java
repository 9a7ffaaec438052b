package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * One turn of the poll thread of a share consumer: accept what has ended, renew the locks of what has not, and poll only
 * when nothing is held any more, because until then a share consumer is given nothing new.
 */
public final class ShareLoop implements PollLoop, ShareSource.AcknowledgementListener {
    private final ShareSource source;
    private final RecordSink sink;
    private final Runs runs;
    private final DeliveryLimit limit;
    private final long commitIntervalNanos;
    private final LongSupplier nanoClock;

    /** Locked for us; their records run. */
    private final Map<RecordPosition, Held> held = new HashMap<>();
    /** Accepted; the broker has not answered. */
    private final Set<RecordPosition> accepting = new HashSet<>();
    /** Records whose run has ended. Any thread adds. */
    private final Queue<RecordPosition> ended = new ConcurrentLinkedQueue<>();

    private final Runs.Holder holder = ended::add;

    private volatile InFlight inFlight = InFlight.NOTHING;
    private long bytes;
    private int away;
    private long lockedAt;
    private long lastCommit;
    private boolean unsent;
    private boolean stopping;

    /** @param runs shared by all share consumers of the topic in this worker */
    public ShareLoop(
            ShareSource source,
            RecordSink sink,
            Runs runs,
            DeliveryLimit limit,
            Duration commitInterval,
            LongSupplier nanoClock) {
        this.source = source;
        this.sink = sink;
        this.runs = runs;
        this.limit = limit;
        this.commitIntervalNanos = commitInterval.toNanos();
        this.nanoClock = nanoClock;
        this.lastCommit = nanoClock.getAsLong();
    }

    @Override
    public void turn(Duration pollTimeout) {
        settle();
        if (held.isEmpty()) {
            if (stopping) {
                source.commitSync();
            } else {
                poll(pollTimeout);
            }
        } else if (renewalIsDue()) {
            renew(pollTimeout);
        } else if (unsent && nanoClock.getAsLong() - lastCommit >= commitIntervalNanos) {
            commit();
        }
        inFlight = new InFlight(held.size(), bytes, 0);
    }

    @Override
    public boolean waitsForRoom() {
        settle();
        return !held.isEmpty() && !renewalIsDue();
    }

    @Override
    public void stopReading() {
        stopping = true;
    }

    @Override
    public boolean idle() {
        settle();
        return held.isEmpty() && accepting.isEmpty();
    }

    /** What is still held goes to others when the consumer is closed. */
    @Override
    public void commitNow() {
        settle();
        source.commitSync();
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public void taken(TopicPartition partition, Collection<Long> offsets) {
        for (long offset : offsets) {
            RecordPosition position = new RecordPosition(partition, offset);
            if (accepting.remove(position)) {
                runs.accepted(position);
                sink.passed(position);
            }
        }
    }

    @Override
    public void refused(TopicPartition partition, Collection<Long> offsets) {
        for (long offset : offsets) {
            RecordPosition position = new RecordPosition(partition, offset);
            Held lock = held.get(position);
            // what was accepted may have been delivered again, and is locked anew
            if (!accepting.remove(position) && lock != null && lock.away) {
                drop(position);
            }
            if (!held.containsKey(position)) {
                runs.orphaned(position, holder);
            }
        }
    }

    @Override
    public void lost() {
        held.keySet().forEach(position -> runs.orphaned(position, holder));
        accepting.forEach(position -> runs.orphaned(position, holder));
        held.clear();
        accepting.clear();
        bytes = 0;
        away = 0;
    }

    private void settle() {
        List<RecordPosition> later = new ArrayList<>();
        for (RecordPosition next = ended.poll(); next != null; next = ended.poll()) {
            Held lock = held.get(next);
            if (lock != null && lock.away) {
                later.add(next);
            } else if (lock != null) {
                drop(next);
                accept(next);
            }
        }
        ended.addAll(later);
    }

    private void accept(RecordPosition position) {
        accepting.add(position);
        source.accept(position);
        unsent = true;
    }

    private void drop(RecordPosition position) {
        Held lock = held.remove(position);
        if (lock != null) {
            bytes -= lock.record.bytes();
            away -= lock.away ? 1 : 0;
        }
    }

    /** Apart from what is accepted: what a poll carries waits, where a fetch is on its way already, for the fetch after it. */
    private void poll(Duration timeout) {
        lockedAt = nanoClock.getAsLong();
        if (unsent) {
            commit();
        }
        take(source.poll(timeout));
    }

    private boolean renewalIsDue() {
        return away > 0 || nanoClock.getAsLong() - lockedAt >= source.renewAfterNanos();
    }

    /** Apart from what is accepted: the broker takes or refuses all that one request says of a partition. */
    private void renew(Duration pollTimeout) {
        lockedAt = nanoClock.getAsLong();
        commit();
        held.forEach((position, lock) -> {
            if (!lock.away) {
                lock.away = true;
                away++;
                source.renew(position);
            }
        });
        source.commitSync();
        take(source.poll(pollTimeout));
    }

    private void commit() {
        unsent = false;
        lastCommit = nanoClock.getAsLong();
        source.commitAsync();
    }

    private void take(List<InputRecord> records) {
        for (InputRecord record : records) {
            Held known = held.get(record.position());
            if (known != null && known.record.deliveries() == record.deliveries()) {
                away -= known.away ? 1 : 0;
                known.away = false;
            } else {
                take(record);
            }
        }
    }

    private void take(InputRecord record) {
        drop(record.position());
        held.put(record.position(), new Held(record));
        bytes += record.bytes();
        Ticket ticket = runs.claim(record, limit.exhaustedWhileItRuns(record), holder);
        if (ticket != null) {
            sink.accept(record, ticket);
        }
    }

    /** A lock. */
    private static final class Held {
        private final InputRecord record;
        /** Renewed, and not returned by a poll yet: it cannot be accepted. */
        private boolean away;

        Held(InputRecord record) {
            this.record = record;
        }
    }
}
