package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka consumer of the work topics, reading bytes. */
public final class KafkaSource implements RecordSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LongSupplier nanoClock;

    /**
     * Opens a consumer.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param role which of the group's consumers in this process it is; ends its ids, which must not be the same
     */
    public KafkaSource(Map<String, Object> properties, String groupId, String role, LongSupplier nanoClock) {
        Map<String, Object> config = new HashMap<>(properties);
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
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.nanoClock = nanoClock;
    }

    public void subscribe(Collection<String> topics, RebalanceListener listener) {
        consumer.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                Map<TopicPartition, Long> positions = new HashMap<>();
                partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
                listener.assigned(positions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                listener.revoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.lost(partitions);
            }
        });
    }

    @Override
    public Polled poll(Duration timeout) {
        List<InputRecord> records = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
        polled.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.add(new InputRecord(
                    new TopicPartition(record.topic(), record.partition()),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers(),
                    nanoClock.getAsLong()));
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
        consumer.commitAsync(withMetadata(commit.offsets()), (done, failure) -> {
            if (failure != null) {
                warn(commit, failure);
            }
            ended.accept(failure == null ? Commit.End.COMMITTED : Commit.End.FAILED);
        });
    }

    @Override
    public void commitSync(Commit commit, Consumer<Commit.End> ended) {
        Commit.End end = Commit.End.COMMITTED;
        try {
            consumer.commitSync(withMetadata(commit.offsets()), BROKER_TIMEOUT);
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

    private static Map<TopicPartition, OffsetAndMetadata> withMetadata(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> metadata = new HashMap<>();
        offsets.forEach((partition, offset) -> metadata.put(partition, new OffsetAndMetadata(offset)));
        return metadata;
    }
}
