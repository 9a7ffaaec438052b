package dev.forebay.worker.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What is in flight, over all partitions: tickets out, offsets that may be committed, and whether a topic has room for
 * more. The bounds hold for each topic, so that a backlog in one leaves room for the other. Owned by the poll thread.
 */
final class Ledger {
    /**
     * How many times {@link InFlightBounds#records} may have been read beyond what is committed: the most that are read
     * again after a crash, whatever the first unfinished record waits for and however fast the others are answered.
     */
    static final int READ_AHEAD = 4;

    private final InFlightBounds bounds;
    /** Read in the order of a plain hash map, and copied to plain hash sets: a simulation has to come out the same again. */
    private final Map<TopicPartition, Assignment> assignments = new HashMap<>();

    private final Map<String, Load> loads = new HashMap<>();
    private int epochs;

    Ledger(InFlightBounds bounds) {
        this.bounds = bounds;
    }

    /** Starts a partition's account, at the offset that will be read first. */
    void assign(TopicPartition partition, long position) {
        Load topic = loads.computeIfAbsent(partition.topic(), name -> new Load());
        assignments.put(partition, new Assignment(++epochs, new Watermark(position), position, topic));
    }

    /** Ends a partition's account: its tickets are void from now on. */
    void revoke(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Assignment assignment = assignments.remove(partition);
            if (assignment != null) {
                assignment.topic.add(-assignment.own.records, -assignment.own.bytes);
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
        assignment.load(1, size);
        return new Ticket(partition, assignment.epoch, offset, size);
    }

    /** Notes where reading goes on, so that control records at the end of a partition can be committed over. */
    void readUpTo(TopicPartition partition, long next) {
        Assignment assignment = assignments.get(partition);
        if (assignment != null) {
            assignment.watermark.moveTo(next);
        }
    }

    /** Takes note that a record is done; of an assignment that has ended nothing is kept. */
    void settle(Done done) {
        Ticket ticket = done.ticket();
        Assignment assignment = assignments.get(ticket.partition());
        if (assignment == null || assignment.epoch != ticket.epoch()) {
            return;
        }
        assignment.watermark.done(ticket.offset());
        assignment.load(-1, -ticket.bytes());
        if (done.terminal() != null) {
            assignment.keep(ticket.offset(), done.terminal());
        }
    }

    /** What may be committed and has not been. */
    Commit commit(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<UnsentTerminal> terminals = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Assignment assignment = assignments.get(partition);
            if (assignment != null && assignment.watermark.committable() > assignment.committed) {
                long offset = assignment.watermark.committable();
                offsets.put(partition, offset);
                terminals.addAll(assignment.unsent.headMap(offset).values());
            }
        }
        return new Commit(offsets, terminals);
    }

    /** Notes that offsets were committed, and that the terminal records below them are out. */
    void committed(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            Assignment assignment = assignments.get(partition);
            if (assignment != null) {
                assignment.committed = Math.max(assignment.committed, offset);
                assignment.dropBelow(offset);
            }
        });
    }

    /** The committed offsets, as far as is known here. */
    Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        assignments.forEach((partition, assignment) -> offsets.put(partition, assignment.committed));
        return offsets;
    }

    Set<TopicPartition> partitions() {
        return new HashSet<>(assignments.keySet());
    }

    /** The partitions of one topic that are assigned. */
    Set<TopicPartition> partitions(String topic) {
        return assignments.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The topics of which something is assigned. */
    Set<String> topics() {
        return assignments.keySet().stream().map(TopicPartition::topic).collect(Collectors.toCollection(HashSet::new));
    }

    /** True when so much may be committed that it should not wait. */
    boolean worthCommitting() {
        return topics().stream()
                .anyMatch(
                        topic -> offsets(topic, a -> a.watermark.committable() - a.committed) >= bounds.records() / 2);
    }

    /** True where all that was read is done and terminal records wait for the commit: later there would be no more in it. */
    boolean waitsForCommitOnly() {
        return records() == 0 && assignments.values().stream().anyMatch(assignment -> !assignment.unsent.isEmpty());
    }

    boolean full(String topic) {
        Load load = load(topic);
        return load.records >= bounds.records()
                || load.bytes >= bounds.bytes()
                || uncommitted(topic) >= (long) READ_AHEAD * bounds.records();
    }

    /** True when enough has been settled that reading on is worth it. */
    boolean roomAgain(String topic) {
        Load load = load(topic);
        return load.records <= bounds.records() / 2
                && load.bytes <= bounds.bytes() / 2
                && uncommitted(topic) <= (long) READ_AHEAD * bounds.records() / 2;
    }

    int records() {
        return loads.values().stream().mapToInt(load -> load.records).sum();
    }

    long bytes() {
        return loads.values().stream().mapToLong(load -> load.bytes).sum();
    }

    /** The most records of a partition that are tracked from its first unfinished one. */
    int distance() {
        return assignments.values().stream()
                .mapToInt(assignment -> assignment.watermark.span())
                .max()
                .orElse(0);
    }

    /** In offsets, so that gaps count as records: it may hold reading back early, never late. */
    private long uncommitted(String topic) {
        return offsets(topic, assignment -> assignment.watermark.position() - assignment.committed);
    }

    private long offsets(String topic, ToLongFunction<Assignment> distance) {
        return partitions(topic).stream()
                .map(assignments::get)
                .mapToLong(distance)
                .sum();
    }

    private Load load(String topic) {
        return loads.getOrDefault(topic, new Load());
    }

    /** What is in flight of one partition or one topic. */
    private static final class Load {
        private int records;
        private long bytes;

        void add(int moreRecords, long moreBytes) {
            records += moreRecords;
            bytes += moreBytes;
        }
    }

    /** One assignment of a partition to this worker. */
    private static final class Assignment {
        private final int epoch;
        private final Watermark watermark;
        private final Load topic;
        private final Load own = new Load();
        private final NavigableMap<Long, UnsentTerminal> unsent = new TreeMap<>();
        private long committed;

        Assignment(int epoch, Watermark watermark, long committed, Load topic) {
            this.epoch = epoch;
            this.watermark = watermark;
            this.committed = committed;
            this.topic = topic;
        }

        void load(int moreRecords, long moreBytes) {
            own.add(moreRecords, moreBytes);
            topic.add(moreRecords, moreBytes);
        }

        void keep(long offset, UnsentTerminal terminal) {
            unsent.put(offset, terminal);
            load(0, terminal.bytes());
        }

        void dropBelow(long offset) {
            NavigableMap<Long, UnsentTerminal> sent = unsent.headMap(offset, false);
            sent.values().forEach(terminal -> load(0, -terminal.bytes()));
            sent.clear();
        }
    }
}
