package dev.forebay.worker.consume;

import dev.forebay.worker.observe.WorkerMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one topic that are on their way through this worker, whichever of its share consumers has their locks. A
 * lock may be lost while its record runs; when the record is delivered here again, the run that is there counts for the new
 * lock, so that a connection that breaks costs no second run. Which of two consumers has the lock nobody here can tell, as
 * what was delivered first may arrive last: both are told of the end. What was accepted is remembered for a while, because a
 * broker whose connections break was seen to deliver it again. Safe for use by several threads.
 */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** Most runs without a lock: where the record was delivered to another worker, nobody says so. */
    static final int MOST_ORPHANS = 10_000;
    /** Most runs whose records were accepted. */
    static final int MOST_ACCEPTED = 10_000;

    private final Map<RecordPosition, Run> runs = new HashMap<>();
    /** Those without a lock, the oldest first. */
    private final Map<RecordPosition, Run> orphans = new LinkedHashMap<>();

    /** Those whose record the broker has taken, the oldest first. */
    private final Map<RecordPosition, Run> accepted = new LinkedHashMap<>();

    private final WorkerMetrics metrics;
    private int epochs;

    public Runs(WorkerMetrics metrics) {
        this.metrics = metrics;
    }

    /** Has the locks of records, for all it knows. */
    interface Holder {
        /** The run of a record has ended. Called by any thread. */
        void ended(RecordPosition position);
    }

    /**
     * A record was delivered, and is locked.
     *
     * @param anew whether only a run that has ended counts
     * @param holder is told when the run has ended; so are others that the record was delivered to
     * @return the ticket of a run that has to begin; null where there is one that counts
     */
    synchronized @Nullable Ticket claim(InputRecord record, boolean anew, Holder holder) {
        RecordPosition position = record.position();
        orphans.remove(position);
        takeBack(position);
        Run run = runs.get(position);
        if (run == null || !run.likeness.equals(Likeness.of(record)) || (anew && !run.ended)) {
            Ticket ticket = new Ticket(record.partition(), ++epochs, record.offset(), record.bytes());
            Run next = new Run(Likeness.of(record), ticket);
            if (run != null) {
                next.holders.addAll(run.holders);
            }
            next.heldBy(holder);
            runs.put(position, next);
            return ticket;
        }
        run.heldBy(holder);
        return null;
    }

    /** The broker has the terminal record of a run. */
    public synchronized void ended(Ticket ticket) {
        Run run = runs.get(new RecordPosition(ticket.partition(), ticket.offset()));
        if (run != null && run.ticket.equals(ticket)) {
            run.end();
        }
    }

    private void takeBack(RecordPosition position) {
        Run run = accepted.remove(position);
        if (run != null) {
            LOG.warn("delivered_after_acceptance partition={} offset={}", position.partition(), position.offset());
            runs.putIfAbsent(position, run);
        }
    }

    /** The broker has said that it will not deliver the record again. */
    synchronized void accepted(RecordPosition position) {
        Run run = runs.remove(position);
        if (run != null) {
            run.holders.clear();
            accepted.put(position, run);
            forgetTheOldest(accepted, MOST_ACCEPTED);
        }
    }

    /** A holder has lost its lock; somebody else may have it already. */
    synchronized void orphaned(RecordPosition position, Holder holder) {
        metrics.lockLost();
        Run run = runs.get(position);
        if (run == null || !run.holders.remove(holder) || !run.holders.isEmpty()) {
            return;
        }
        orphans.put(position, run);
        RecordPosition forgotten = forgetTheOldest(orphans, MOST_ORPHANS);
        if (forgotten != null) {
            runs.remove(forgotten);
        }
    }

    private static @Nullable RecordPosition forgetTheOldest(Map<RecordPosition, Run> kept, int most) {
        if (kept.size() <= most) {
            return null;
        }
        Iterator<RecordPosition> oldest = kept.keySet().iterator();
        RecordPosition forgotten = oldest.next();
        oldest.remove();
        return forgotten;
    }

    /** How many are on their way. */
    synchronized int size() {
        return runs.size();
    }

    /** One run of one record. */
    private static final class Run {
        private final Likeness likeness;
        private final Ticket ticket;
        /** Those that it was delivered to, and that have not lost its lock for all they know. */
        private final List<Holder> holders = new ArrayList<>(1);

        private boolean ended;

        Run(Likeness likeness, Ticket ticket) {
            this.likeness = likeness;
            this.ticket = ticket;
        }

        void heldBy(Holder holder) {
            if (!holders.contains(holder)) {
                holders.add(holder);
            }
            if (ended) {
                holder.ended(position());
            }
        }

        void end() {
            ended = true;
            holders.forEach(holder -> holder.ended(position()));
        }

        private RecordPosition position() {
            return new RecordPosition(ticket.partition(), ticket.offset());
        }
    }

    /** Tells whether a topic was made anew, so that another record is in the same place. */
    private record Likeness(long timestamp, int key, int value) {
        static Likeness of(InputRecord record) {
            return new Likeness(record.timestamp(), Arrays.hashCode(record.key()), Arrays.hashCode(record.value()));
        }
    }
}
