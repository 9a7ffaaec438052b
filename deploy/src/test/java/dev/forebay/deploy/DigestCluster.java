package dev.forebay.deploy;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.processors.Processors;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker and a registry that miss a killed process, and abort its transaction, within seconds. */
record DigestCluster(EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static DigestCluster start() {
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(
                null,
                0,
                Map.of(
                        "group.min.session.timeout.ms",
                        "500",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                        "500")));
        return new DigestCluster(kafka, EmbeddedRegistry.start(kafka.bootstrapServers(), 0));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A configuration with these sections, whose topics are there, with two partitions each. */
    ForebayConfig config(Map<String, ?> tasks, Map<String, ?> digests) {
        Map<String, Object> streams = Map.of(
                "main.consumer.session.timeout.ms", 2_000,
                "heartbeat.interval.ms", 500,
                "transaction.timeout.ms", 2_000);
        ForebayConfig config = ForebayConfig.readForAnyCluster(
                        Map.of("kafka", Map.of("streams", streams), "tasks", tasks, "digests", digests))
                .on(bootstrapServers(), registry.url().toString());
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(2));
        }
        return config;
    }

    /** Processors that run. */
    static Processors processors(ForebayConfig config, Codecs codecs, Path stateDir) {
        Processors processors =
                Processors.start(config.processors(), config.kafka(), config.topics(), codecs, stateDir);
        processors.awaitRunning(PATIENCE);
        return processors;
    }

    /** What is committed on a topic. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Lets a topic take no larger records. */
    void shrink(String topic, int bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
