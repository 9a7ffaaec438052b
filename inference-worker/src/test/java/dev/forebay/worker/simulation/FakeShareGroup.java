package dev.forebay.worker.simulation;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The brokers' side of a share group, as Kafka 4.3 does it: locks that time out, deliveries that are counted, records that
 * are dropped at the limit, acknowledgements of one partition that are taken or refused together.
 */
final class FakeShareGroup {
    static final int LIMIT = 10;
    static final long LOCK = 600;

    private final long[] clock;
    private final int partitions;
    private final BiConsumer<RecordPosition, State> ended;
    private final Map<Long, Entry> entries = new TreeMap<>();
    private int open;

    /** Acknowledgements that a request carries. */
    enum Acknowledgement {
        ACCEPT,
        RENEW
    }

    /** Of a record. */
    enum State {
        AVAILABLE,
        LOCKED,
        ACCEPTED,
        DROPPED
    }

    /** @param ended told of records that will not be delivered any more */
    FakeShareGroup(long[] clock, int partitions, int records, BiConsumer<RecordPosition, State> ended) {
        this.clock = clock;
        this.partitions = partitions;
        this.ended = ended;
        this.open = records;
        for (long i = 0; i < records; i++) {
            entries.put(i, new Entry(new RecordPosition(partition(i), i)));
        }
    }

    /** Locks records for a member; each knows how often it was delivered. */
    List<InputRecord> fetch(Object member, int most) {
        expire();
        List<InputRecord> fetched = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.state == State.AVAILABLE && fetched.size() < most) {
                entry.state = State.LOCKED;
                entry.member = member;
                entry.until = clock[0] + LOCK;
                entry.deliveries++;
                fetched.add(entry.record(entry.deliveries));
            }
        }
        return fetched;
    }

    /** True where the broker takes what is said of one partition: all of it, or nothing. */
    boolean acknowledge(Object member, Map<RecordPosition, Acknowledgement> types) {
        expire();
        boolean taken = types.keySet().stream().map(this::entry).allMatch(entry -> entry.isOf(member));
        if (taken) {
            types.forEach((position, type) -> entry(position).acknowledge(type, clock[0] + LOCK));
        }
        return taken;
    }

    /**
     * The broker notices that a member is gone: others may have what it had, and that was a delivery.
     *
     * @param toNobody deliveries to others that are gone as well, which the broker has not noticed yet
     */
    void disconnected(Object member, int toNobody) {
        expire();
        for (Entry entry : entries.values()) {
            if (entry.isOf(member)) {
                entry.deliveries += toNobody;
                entry.release();
            }
        }
    }

    /** Another broker leads the partitions, and knows of no lock. */
    void leaderChanged() {
        expire();
        entries.values().stream().filter(entry -> entry.state == State.LOCKED).forEach(Entry::release);
    }

    /** The same records as they come back from a renewal. */
    InputRecord echo(RecordPosition position) {
        Entry entry = entry(position);
        return entry.record(entry.deliveries);
    }

    void expire() {
        for (Entry entry : entries.values()) {
            if (entry.state == State.LOCKED && entry.until <= clock[0]) {
                entry.release();
            }
        }
    }

    /** Whether a record may still be delivered. */
    boolean isOpen(RecordPosition position) {
        return entry(position).isOpen();
    }

    boolean allEnded() {
        return open == 0;
    }

    private TopicPartition partition(long record) {
        return new TopicPartition("work", (int) (record % partitions));
    }

    private Entry entry(RecordPosition position) {
        Entry entry = entries.get(position.offset());
        if (entry == null) {
            throw new AssertionError("no record at " + position);
        }
        return entry;
    }

    private final class Entry {
        private final RecordPosition position;
        private State state = State.AVAILABLE;
        private @Nullable Object member;
        private long until;
        private int deliveries;

        Entry(RecordPosition position) {
            this.position = position;
        }

        InputRecord record(int delivery) {
            return new InputRecord(
                    position.partition(), position.offset(), 0, null, new byte[1], new RecordHeaders(), 0, delivery);
        }

        boolean isOf(Object other) {
            return state == State.LOCKED && member == other;
        }

        boolean isOpen() {
            return state == State.AVAILABLE || state == State.LOCKED;
        }

        void acknowledge(Acknowledgement type, long lockedUntil) {
            switch (type) {
                case ACCEPT -> end(State.ACCEPTED);
                case RENEW -> until = lockedUntil;
            }
        }

        void release() {
            state = State.AVAILABLE;
            member = null;
            if (deliveries >= LIMIT) {
                end(State.DROPPED);
            }
        }

        private void end(State last) {
            state = last;
            open--;
            ended.accept(position, last);
        }
    }
}
