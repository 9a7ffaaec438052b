package dev.forebay.worker.consume;

import dev.forebay.worker.observe.Obstacles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka consumer of the work topics, reading bytes. */
public final class KafkaSource implements RecordSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(10);
    private static final Polled NOTHING = new Polled(List.of(), Map.of());

    private final Map<String, Object> config;
    private final LongSupplier nanoClock;
    private final RetryHold hold;
    private KafkaConsumer<byte[], byte[]> consumer;
    private Collection<String> topics = List.of();
    private @Nullable RebalanceListener listener;
    private @Nullable Consumer<Commit.End> begun;

    /**
     * Opens a consumer.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param role which of the group's consumers in this process it is; ends its ids, which must not be the same
     */
    public KafkaSource(
            Map<String, Object> properties, String groupId, String role, Obstacles obstacles, LongSupplier nanoClock) {
        this.config = new HashMap<>(properties);
        this.nanoClock = nanoClock;
        this.hold = new RetryHold("reading " + role + " requests", obstacles, nanoClock);
        config.putIfAbsent("group.protocol", "consumer");
        if ("classic".equals(config.get("group.protocol"))) {
            config.putIfAbsent("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        }
        config.putIfAbsent("auto.offset.reset", "earliest");
        config.putIfAbsent("max.poll.records", "500");
        config.put("isolation.level", "read_committed");
        config.put("client.id", config.getOrDefault("client.id", groupId) + "-" + role);
        config.computeIfPresent("group.instance.id", (key, id) -> id + "-" + role);
        config.put("group.id", groupId);
        config.put("enable.auto.commit", "false");
        this.consumer = open();
    }

    private KafkaConsumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public void subscribe(Collection<String> names, RebalanceListener told) {
        topics = names;
        listener = told;
        consumer.subscribe(names, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                Map<TopicPartition, Long> positions = new HashMap<>();
                partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
                told.assigned(positions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                told.revoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                told.lost(partitions);
            }
        });
    }

    @Override
    public Polled poll(Duration timeout) {
        if (hold.pauses(timeout)) {
            return NOTHING;
        }
        try {
            Polled polled = polled(consumer.poll(timeout));
            hold.polled(!polled.records().isEmpty());
            return polled;
        } catch (KafkaException e) {
            if (!endsByJoiningAgain(e)) {
                throw e;
            }
            hold.refused(e);
            openAnew();
            return NOTHING;
        }
    }

    /** Whether a fault says that this member lacks a right, or that it or a broker was away; a callback's comes wrapped. */
    static boolean endsByJoiningAgain(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof AuthorizationException
                        || cause instanceof AuthenticationException
                        || cause instanceof RetriableException
                        || cause instanceof UnknownMemberIdException
                        || cause instanceof FencedMemberEpochException
                        || cause instanceof StaleMemberEpochException
                        || cause instanceof IllegalGenerationException);
    }

    /**
     * A consumer that has lost its group for want of a right, or failed while it took over an assignment, does not come back by
     * itself: Kafka leaves its partitions unread.
     */
    private void openAnew() {
        RebalanceListener told = Objects.requireNonNull(listener);
        told.lost(consumer.assignment());
        closeQuietly();
        end(Commit.End.FAILED);
        consumer = open();
        subscribe(topics, told);
    }

    private void closeQuietly() {
        try {
            consumer.close(CloseOptions.timeout(RetryHold.AGAIN_AFTER));
        } catch (KafkaException e) {
            LOG.debug("close_failed cause={}", e.toString());
        }
    }

    private Polled polled(ConsumerRecords<byte[], byte[]> polled) {
        List<InputRecord> records = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        polled.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.add(InputRecord.of(record, nanoClock.getAsLong()));
        }
        return new Polled(records, next);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        consumer.resume(partitions);
    }

    @Override
    public void commitAsync(Commit commit, Consumer<Commit.End> ended) {
        begun = ended;
        consumer.commitAsync(commit.kafkaOffsets(), (done, failure) -> {
            if (failure != null) {
                warn(commit, failure);
            }
            end(failure == null ? Commit.End.COMMITTED : Commit.End.FAILED);
        });
    }

    private void end(Commit.End end) {
        Consumer<Commit.End> told = begun;
        begun = null;
        if (told != null) {
            told.accept(end);
        }
    }

    @Override
    public void commitSync(Commit commit, Consumer<Commit.End> ended) {
        Commit.End end = Commit.End.COMMITTED;
        try {
            consumer.commitSync(commit.kafkaOffsets(), BROKER_TIMEOUT);
        } catch (KafkaException e) {
            warn(commit, e);
            end = Commit.End.FAILED;
        }
        ended.accept(end);
    }

    @Override
    public void finishCommit() {
        try {
            // of nothing: it waits for what was begun, and calls back
            consumer.commitSync(Map.of(), BROKER_TIMEOUT);
        } catch (KafkaException e) {
            LOG.warn("commit_slow cause={}", e.toString());
        }
    }

    @Override
    public Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts) {
        Map<TopicPartition, Long> positions = new HashMap<>(starts);
        try {
            consumer.committed(starts.keySet(), BROKER_TIMEOUT).forEach((partition, committed) -> {
                if (committed != null) {
                    positions.put(partition, committed.offset());
                }
            });
        } catch (KafkaException e) {
            LOG.warn("rewind_failed partitions={} cause={}", starts.keySet(), e.toString());
            return Map.of();
        }
        positions.forEach(consumer::seek);
        return positions;
    }

    /** This consumer's place in its group, as far as it knows. */
    public ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    private static void warn(Commit commit, Exception failure) {
        LOG.warn("commit_failed partitions={} cause={}", commit.offsets().keySet(), failure.toString());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
