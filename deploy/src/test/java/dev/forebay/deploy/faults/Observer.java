package dev.forebay.deploy.faults;

import dev.forebay.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The concurrent read_committed reader of a run: of its inputs, of its terminals, and of the offsets that are committed. It
 * goes around the faults, on a way of its own to the broker. One thread.
 */
final class Observer implements AutoCloseable {
    private static final long ANSWER_SECONDS = 2;
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> reader;
    private final Admin admin;
    private final TerminalReader terminalReader;
    private final History history;
    private final Client client;
    private final String group;
    private final boolean shared;
    private final Set<String> inputTopics;
    private final List<Sent> inputs = new ArrayList<>();
    private final List<Terminal> terminals = new ArrayList<>();
    private final Map<String, Long> firstEnd = new LinkedHashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private final List<CommitSample> commits = new ArrayList<>();

    /**
     * @param group whose commits are sampled
     * @param shared whether it is a share group
     */
    Observer(
            String bootstrap,
            Topics topics,
            TerminalReader terminalReader,
            String group,
            boolean shared,
            History history,
            Client client) {
        this.terminalReader = terminalReader;
        this.history = history;
        this.client = client;
        this.group = group;
        this.shared = shared;
        this.inputTopics = topics.workNames();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        reader = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "1000",
                        "fetch.max.wait.ms", "50"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        Set<String> all = new HashSet<>(inputTopics);
        all.addAll(terminalReader.topics().values());
        reader.assign(all.stream()
                .flatMap(topic -> reader.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        reader.seekToBeginning(reader.assignment());
    }

    Admin admin() {
        return admin;
    }

    /** How many requests have a terminal. */
    int ended() {
        return firstEnd.size();
    }

    List<Terminal> terminals() {
        return terminals;
    }

    /** When a request's first terminal was seen; 0 where none was. */
    long endedAt(String requestId) {
        return firstEnd.getOrDefault(requestId, 0L);
    }

    /** When the last of the first terminals was seen. */
    long lastEnd() {
        return firstEnd.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Whether a request that was taken has no terminal yet, be it that the client was told so or that the topic holds it. */
    boolean isWaiting() {
        client.takeAcknowledged().forEach(this::taken);
        return !waiting.isEmpty();
    }

    private void taken(String requestId) {
        if (!firstEnd.containsKey(requestId)) {
            waiting.add(requestId);
        }
    }

    /** Of the workers' group. */
    int members() throws Exception {
        return shared
                ? count(admin.describeShareGroups(List.of(group)).all(), ShareGroupDescription::members)
                : count(admin.describeConsumerGroups(List.of(group)).all(), ConsumerGroupDescription::members);
    }

    private static <T> int count(KafkaFuture<Map<String, T>> groups, Function<T, Collection<?>> members)
            throws Exception {
        try {
            return groups.get(ANSWER_SECONDS, TimeUnit.SECONDS).values().stream()
                    .mapToInt(group -> members.apply(group).size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0; // no worker ever joined
            }
            throw e;
        }
    }

    /**
     * Reads what is committed, then all that the terminal topics held by then. Where the broker does not answer in time, or
     * a transaction stays open, no commit is sampled: its terminals may be there and not be seen.
     */
    void sample() {
        try {
            Map<TopicPartition, Long> committed = committed();
            if (readTo(ends())) {
                committed.forEach((partition, offset) -> commits.add(
                        new CommitSample(partition.topic(), partition.partition(), offset, terminals.size())));
            }
        } catch (ExecutionException | TimeoutException e) {
            reader.poll(POLL).forEach(this::read);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether the workers' share group has accepted all that was delivered to it, and more is not there. */
    boolean isAllAccepted() {
        try {
            return shareOffsets().values().stream()
                    .filter(Objects::nonNull)
                    .allMatch(info -> info.lag().orElse(1L) == 0);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<TopicPartition, SharePartitionOffsetInfo> shareOffsets()
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Of a share group, the first offset that is not accepted. */
    private Map<TopicPartition, Long> committed() throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        if (shared) {
            shareOffsets().forEach((partition, info) -> {
                if (info != null) {
                    committed.put(partition, info.startOffset());
                }
            });
        } else {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
        }
        return committed;
    }

    /** The ends of the topics, transactions that are open included. */
    private Map<TopicPartition, Long> ends() throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = reader.assignment().stream()
                .collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private boolean readTo(Map<TopicPartition, Long> ends) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        boolean there = false;
        while (!there && System.nanoTime() - deadline < 0) {
            reader.poll(POLL).forEach(this::read);
            there = ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
        }
        return there;
    }

    private long position(TopicPartition partition) {
        try {
            return reader.position(partition, Duration.ofMillis(100));
        } catch (KafkaException e) {
            return -1; // not known while the broker is away
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        Position at = new Position(record.topic(), record.partition(), record.offset());
        String id = new String(record.headers().lastHeader(Client.ID).value(), StandardCharsets.UTF_8);
        if (inputTopics.contains(record.topic())) {
            Ask ask = client.asked(id);
            if (ask != null) {
                Map<String, String> headers = TerminalReader.hex(record.headers());
                String key = TerminalReader.hex(record.key());
                inputs.add(new Sent(id, key, at, ask.ending(), TerminalReader.hex(record.value()), headers));
                taken(id);
            }
            return;
        }
        terminals.add(terminalReader.read(record, id));
        long now = System.nanoTime();
        firstEnd.putIfAbsent(id, now);
        waiting.remove(id);
        history.add(new Operation(
                now, "reader", "terminal", id, "", at.topic(), at.partition(), at.offset(), Operation.Status.OK));
    }

    /**
     * Everything that was seen; the terminal topics are read once more from their beginnings.
     *
     * @param allowed by name, how much may be left
     * @param left what is, likewise
     */
    Evidence evidence(
            List<MemorySample> memory,
            Map<String, String> texts,
            Map<String, Integer> allowed,
            Map<String, Integer> left) {
        List<Terminal> seen = List.copyOf(terminals);
        List<CommitSample> sampled = List.copyOf(commits);
        List<Sent> taken = inputs.stream()
                .sorted((a, b) ->
                        Long.compare(a.position().offset(), b.position().offset()))
                .toList();
        List<Operation> operations = history.operations();
        Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
        Set<Position> settled = new HashSet<>();
        reader.seekToBeginning(reader.assignment());
        do {
            reader.poll(POLL)
                    .forEach(record -> settled.add(new Position(record.topic(), record.partition(), record.offset())));
        } while (ends.entrySet().stream().anyMatch(end -> position(end.getKey()) < end.getValue()));
        return new Evidence(
                operations, taken, seen, settled, terminalReader.topics(), sampled, memory, texts, allowed, left);
    }

    @Override
    public void close() {
        reader.close();
        admin.close(Duration.ofSeconds(5));
    }
}
