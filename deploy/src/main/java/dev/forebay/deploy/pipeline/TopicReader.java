package dev.forebay.deploy.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning and gives each record as one line of JSON. Commits nothing, joins no group. */
public final class TopicReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private final RecordJson json;

    public TopicReader(KafkaConfig kafka, Codecs codecs) {
        this.settings = new HashMap<>(kafka.forConsumer());
        this.json = new RecordJson(codecs);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.putIfAbsent("default.api.timeout.ms", "15000");
        settings.remove("group.id");
    }

    /**
     * Reads to the end that the topic has now, or on and on.
     *
     * @param limit the most records to give
     * @param ended asked between polls whether to stop
     * @return how many were given
     */
    public long read(String topic, boolean follow, long limit, BooleanSupplier ended, Consumer<String> lines) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = 0;
            while (!ended.getAsBoolean() && (follow || !hasReached(consumer, ends))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (count == limit) {
                        return count;
                    }
                    lines.accept(line(record));
                    count++;
                }
            }
            return count;
        } catch (KafkaException e) {
            throw FailedException.of("Topic " + topic + " cannot be read", e);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new FailedException("There is no topic " + topic + ".");
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    private static boolean hasReached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private String line(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode line = JSON.createObjectNode();
        line.put("partition", record.partition());
        line.put("offset", record.offset());
        line.put("timestamp", record.timestamp());
        line.set("key", json.value(record.key()));
        line.set("headers", json.headers(record.headers()));
        line.set("value", json.value(record.value()));
        return line.toString();
    }
}
