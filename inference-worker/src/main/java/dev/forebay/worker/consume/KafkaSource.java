package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

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
        config.putIfAbsent("isolation.level", "read_committed");
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
    public void commitAsync(Map<TopicPartition, Long> offsets, Consumer<Map<TopicPartition, Long>> committed) {
        consumer.commitAsync(withMetadata(offsets), (done, failure) -> {
            if (failure == null) {
                committed.accept(offsets);
            } else {
                LOG.warn("commit_failed partitions={} cause={}", offsets.keySet(), failure.toString());
            }
        });
    }

    @Override
    public void commitSync(Map<TopicPartition, Long> offsets) {
        try {
            consumer.commitSync(withMetadata(offsets), COMMIT_TIMEOUT);
        } catch (KafkaException e) {
            LOG.warn("commit_failed partitions={} cause={}", offsets.keySet(), e.toString());
        }
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
