package dev.forebay.worker.simulation;

import dev.forebay.worker.consume.Commit;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.UnsentTerminal;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.publish.TerminalSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The log, the committed offsets and the terminal records of a simulated cluster; what is here survives a crash. */
final class FakeBroker {
    private static final String TOPIC = "work";
    private static final String BULK_TOPIC = "work-bulk";

    private final Random random;
    private final int partitionCount;
    private final List<List<Source>> partitions = new ArrayList<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<String, List<Terminal>> terminals = new HashMap<>();
    private final List<Send> sends = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<TopicPartition, Integer> members = new HashMap<>();
    private final Map<String, Long> lastOfKeys = new HashMap<>();

    FakeBroker(Random random, int partitionCount) {
        this.random = random;
        this.partitionCount = partitionCount;
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ArrayList<>());
            committed.put(partition(i), 0L);
        }
    }

    /** Partitions are numbered through; the last is of another topic. */
    TopicPartition partition(int number) {
        return new TopicPartition(number == partitionCount - 1 ? BULK_TOPIC : TOPIC, number);
    }

    List<String> topics() {
        return List.of(TOPIC, BULK_TOPIC);
    }

    void append(int partition, @Nullable String key, String value) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        partitions.get(partition).add(new Source(bytes, value.getBytes(StandardCharsets.UTF_8)));
    }

    InputRecord read(TopicPartition partition, long offset, long now) {
        Source source = partitions.get(partition.partition()).get((int) offset);
        return new InputRecord(partition, offset, 0, source.key, source.value, new RecordHeaders(), now, 1);
    }

    long end(TopicPartition partition) {
        return partitions.get(partition.partition()).size();
    }

    Map<TopicPartition, Long> committed() {
        return committed;
    }

    long committed(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    void commit(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset < committed.get(partition)) {
                throw new AssertionError(
                        "commit of " + partition + " goes back from " + committed.get(partition) + " to " + offset);
            }
            committed.put(partition, offset);
        });
    }

    /** A connection of one worker, cut when the worker crashes. */
    TerminalSink connection(Object worker, long[] clock) {
        return new TerminalSink() {
            @Override
            public void publish(Terminal terminal, InputRecord source, Runnable acknowledged) {
                sends.add(new Send(worker, source, terminal, acknowledged, clock[0] + 1 + random.nextInt(30)));
            }

            @Override
            public void flush() {
                // nothing lingers here
            }
        };
    }

    /** Lets the sends arrive whose time has come, and tells their workers. */
    void deliver(long now) {
        for (Transaction transaction : new ArrayList<>(transactions)) {
            if (transaction.arrives <= now) {
                end(transaction, !transaction.fails);
            }
        }
        for (Send send : new ArrayList<>(sends)) {
            if (send.arrives <= now && sends.remove(send)) {
                arrive(send);
                send.acknowledged.run();
            }
        }
    }

    /**
     * A transaction of one worker begins; what is in it arrives together, or not at all.
     *
     * @param members of the partitions, as the worker knew them when it began: one that has changed since is fenced
     */
    Transaction begin(Object worker, Commit commit, Map<TopicPartition, Integer> members, long[] clock) {
        Transaction transaction =
                new Transaction(worker, commit, members, clock[0] + 1 + random.nextInt(60), random.nextInt(12) == 0);
        transactions.add(transaction);
        return transaction;
    }

    /** A partition has a new owner. */
    void assigned(TopicPartition partition) {
        members.merge(partition, 1, Integer::sum);
    }

    Map<TopicPartition, Integer> members(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Integer> now = new HashMap<>();
        partitions.forEach(partition -> now.put(partition, members.getOrDefault(partition, 0)));
        return now;
    }

    /** Ends whatever transaction a worker has open: it arrives, or nothing of it does. */
    void end(Object worker) {
        for (Transaction transaction : new ArrayList<>(transactions)) {
            if (transaction.worker == worker) {
                end(transaction, random.nextBoolean());
            }
        }
    }

    private void end(Transaction transaction, boolean arrives) {
        transactions.remove(transaction);
        boolean fenced = !members(transaction.members.keySet()).equals(transaction.members);
        if (arrives && !fenced) {
            transaction.commit.terminals().forEach(terminal -> arrive((Unsent) terminal));
            commit(transaction.commit.offsets());
        }
        transaction.committed = arrives && !fenced;
        transaction.ended = true;
    }

    private void arrive(Unsent terminal) {
        arrive(new Send(this, terminal.source, terminal.terminal, () -> {}, 0));
    }

    /** Cuts a worker's connection: what was on its way arrives or not, and nobody is told. */
    void cut(Object worker) {
        end(worker);
        for (Iterator<Send> each = sends.iterator(); each.hasNext(); ) {
            Send send = each.next();
            if (send.worker == worker) {
                each.remove();
                if (random.nextBoolean()) {
                    arrive(send);
                }
            }
        }
    }

    private void arrive(Send send) {
        List<Terminal> ofSource = terminals.computeIfAbsent(where(send.source), where -> new ArrayList<>());
        if (ofSource.isEmpty() && send.source.key() != null) {
            checkOrder(new String(send.source.key(), StandardCharsets.UTF_8), send.source.offset());
        }
        ofSource.add(send.terminal);
    }

    /** Terminal records of one key, the first of each request, arrive in the order of the requests. */
    private void checkOrder(String key, long offset) {
        Long last = lastOfKeys.put(key, offset);
        if (last != null && last > offset) {
            throw new AssertionError("key " + key + ": offset " + offset + " was answered after offset " + last);
        }
    }

    List<Terminal> terminalsOf(TopicPartition partition, long offset) {
        return terminals.getOrDefault(partition + "@" + offset, List.of());
    }

    String value(TopicPartition partition, long offset) {
        return new String(partitions.get(partition.partition()).get((int) offset).value, StandardCharsets.UTF_8);
    }

    private static String where(InputRecord source) {
        return source.partition() + "@" + source.offset();
    }

    /** A terminal that waits for its transaction. */
    record Unsent(Terminal terminal, InputRecord source) implements UnsentTerminal {
        @Override
        public int bytes() {
            return 10;
        }
    }

    /** One that is under way. */
    static final class Transaction {
        private final Object worker;
        private final Commit commit;
        private final Map<TopicPartition, Integer> members;
        private final long arrives;
        private final boolean fails;
        private boolean ended;
        private boolean committed;

        private Transaction(
                Object worker, Commit commit, Map<TopicPartition, Integer> members, long arrives, boolean fails) {
            this.worker = worker;
            this.commit = commit;
            this.members = members;
            this.arrives = arrives;
            this.fails = fails;
        }

        boolean ended() {
            return ended;
        }

        boolean committed() {
            return committed;
        }
    }

    private record Send(Object worker, InputRecord source, Terminal terminal, Runnable acknowledged, long arrives) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Source(byte @Nullable [] key, byte[] value) {}
}
