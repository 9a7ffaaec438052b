package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records that a topic had when this was opened, partition after partition: two passes see the same ones in the same
 * order, whatever is written meanwhile. Commits nothing, joins no group.
 */
public final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;

    /** @throws FailedException where there is no such topic, or no broker answers */
    public TopicScan(KafkaConfig kafka, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = partitions();
            this.beginnings = consumer.beginningOffsets(partitions);
            this.ends = consumer.endOffsets(partitions);
        } catch (RuntimeException e) {
            close();
            throw e instanceof KafkaException ? unreadable(e) : e;
        }
    }

    /** Gives each record to the visitor until it answers false. */
    public void forEach(Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        try {
            for (TopicPartition partition : partitions) {
                if (!read(partition, beginnings.getOrDefault(partition, 0L), visitor)) {
                    return;
                }
            }
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /** The record at a position; empty where there is none, or none any more. */
    public Optional<ConsumerRecord<byte[], byte[]>> at(Position position) {
        TopicPartition partition = new TopicPartition(topic, position.partition());
        if (!partitions.contains(partition)
                || position.offset() < beginnings.getOrDefault(partition, 0L)
                || position.offset() >= ends.getOrDefault(partition, 0L)) {
            return Optional.empty();
        }
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try {
            read(partition, position.offset(), record -> {
                found.add(record);
                return false;
            });
        } catch (KafkaException e) {
            throw unreadable(e);
        }
        return found.stream()
                .filter(record -> record.offset() == position.offset())
                .findFirst();
    }

    /** Reads a partition to the end that it had; false where the visitor wanted no more. */
    private boolean read(TopicPartition partition, long from, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        long end = ends.getOrDefault(partition, 0L);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long progressAt = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() >= end) {
                    return true;
                }
                if (!visitor.test(record)) {
                    return false;
                }
            }
            long reached = consumer.position(partition);
            if (reached > position) {
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > PATIENCE.toNanos()) {
                throw new FailedException("Topic " + topic + " cannot be read: no broker gave a record of partition "
                        + partition.partition() + " within " + PATIENCE.toSeconds() + " s.");
            }
            position = reached;
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new FailedException(
                    "There is no topic " + topic + ". Create it with 'forebay topics FILE --create'.");
        }
        return found.stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private FailedException unreadable(RuntimeException cause) {
        return FailedException.of("Topic " + topic + " cannot be read", cause);
    }

    private static Map<String, Object> settings(KafkaConfig kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.forConsumer());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.putIfAbsent("default.api.timeout.ms", "15000");
        // Only what is there is wanted; a fetch that waits for more would hold up the next partition's.
        settings.put("fetch.max.wait.ms", "20");
        settings.remove("group.id");
        return settings;
    }
}
