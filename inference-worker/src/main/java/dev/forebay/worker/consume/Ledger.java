package dev.forebay.worker.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What is in flight, over all partitions: tickets out, offsets that may be committed, and whether there is room for
 * more. Owned by the poll thread.
 */
final class Ledger {
    private final InFlightBounds bounds;
    private final Map<TopicPartition, Assignment> assignments = new HashMap<>();
    private int epochs;
    private int records;
    private long bytes;

    Ledger(InFlightBounds bounds) {
        this.bounds = bounds;
    }

    /** Starts a partition's account, at the offset that will be read first. */
    void assign(TopicPartition partition, long position) {
        assignments.put(partition, new Assignment(++epochs, new Watermark(position), position));
    }

    /** Ends a partition's account: its tickets are void from now on. */
    void revoke(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Assignment assignment = assignments.remove(partition);
            if (assignment != null) {
                records -= assignment.records;
                bytes -= assignment.bytes;
            }
        }
    }

    /** A ticket for a record that was read. */
    Ticket admit(TopicPartition partition, long offset, int size) {
        Assignment assignment = assignments.get(partition);
        if (assignment == null) {
            throw new IllegalStateException(partition + " is not assigned");
        }
        assignment.watermark.track(offset);
        assignment.records++;
        assignment.bytes += size;
        records++;
        bytes += size;
        return new Ticket(partition, assignment.epoch, offset, size);
    }

    /** Notes where reading goes on, so that control records at the end of a partition can be committed over. */
    void readUpTo(TopicPartition partition, long next) {
        Assignment assignment = assignments.get(partition);
        if (assignment != null) {
            assignment.watermark.moveTo(next);
        }
    }

    /** Takes a ticket back; one of an assignment that has ended is ignored. */
    void settle(Ticket ticket) {
        Assignment assignment = assignments.get(ticket.partition());
        if (assignment == null || assignment.epoch != ticket.epoch()) {
            return;
        }
        assignment.watermark.done(ticket.offset());
        assignment.records--;
        assignment.bytes -= ticket.bytes();
        records--;
        bytes -= ticket.bytes();
    }

    /** The offsets that may be committed and have not been. */
    Map<TopicPartition, Long> committable(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Assignment assignment = assignments.get(partition);
            if (assignment != null && assignment.watermark.committable() > assignment.committed) {
                offsets.put(partition, assignment.watermark.committable());
            }
        }
        return offsets;
    }

    /** Notes that offsets were committed. */
    void committed(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            Assignment assignment = assignments.get(partition);
            if (assignment != null) {
                assignment.committed = Math.max(assignment.committed, offset);
            }
        });
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(assignments.keySet());
    }

    boolean full() {
        return records >= bounds.records() || bytes >= bounds.bytes();
    }

    /** True when enough has been settled that reading on is worth it. */
    boolean roomAgain() {
        return records <= bounds.records() / 2 && bytes <= bounds.bytes() / 2;
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    /** One assignment of a partition to this worker. */
    private static final class Assignment {
        private final int epoch;
        private final Watermark watermark;
        private long committed;
        private int records;
        private long bytes;

        Assignment(int epoch, Watermark watermark, long committed) {
            this.epoch = epoch;
            this.watermark = watermark;
            this.committed = committed;
        }
    }
}
