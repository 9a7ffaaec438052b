package dev.forebay.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.RegistryRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {
    private static final Schema X =
            SchemaBuilder.record("A").fields().requiredInt("x").endRecord();
    private static final Schema X_AND_Y =
            SchemaBuilder.record("A").fields().requiredInt("x").optionalInt("y").endRecord();

    private EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aRestartKnowsEverythingAgain() throws Exception {
        int first;
        int second;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0)) {
            HttpSchemaRegistry client = client(registry);
            first = client.idOf("t-value", X);
            second = client.idOf("t-value", X_AND_Y);
        }

        try (EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0)) {
            HttpSchemaRegistry client = client(registry);

            assertThat(client.byId(first)).contains(X);
            assertThat(client.idOf("t-value", X_AND_Y)).isEqualTo(second);
            assertThat(client.idOf("u-value", SchemaBuilder.builder().stringType()))
                    .isGreaterThan(second);
            assertThatThrownBy(
                            () -> client.idOf("t-value", SchemaBuilder.builder().stringType()))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("409");
        }

        assertThat(topicRecords())
                .startsWith("{\"keytype\":\"SCHEMA\",\"subject\":\"t-value\",\"version\":1,\"magic\":1} -> "
                        + "{\"subject\":\"t-value\",\"version\":1,\"id\":1,\"schema\":"
                        + "\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"int\\\"}]}\",\"deleted\":false}")
                .hasSize(3);
        assertThat(cleanupPolicy()).isEqualTo("compact");
    }

    @Test
    void aTopicThatForgetsIsRefused() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("_schemas", 1, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> EmbeddedRegistry.start(kafka.bootstrapServers(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cleanup.policy=delete")
                .hasMessageContaining("Set it to compact");
    }

    @Test
    void aPortInUseIsNamed() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0)) {
            int port = registry.url().getPort();

            assertThatThrownBy(() -> EmbeddedRegistry.start(kafka.bootstrapServers(), port))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + port);
        }
    }

    private static HttpSchemaRegistry client(EmbeddedRegistry registry) {
        return HttpSchemaRegistry.of(new RegistryConfig(
                Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true")));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private String cleanupPolicy() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "_schemas");
        try (Admin admin = admin()) {
            Config config =
                    admin.describeConfigs(List.of(topic)).all().get().getOrDefault(topic, new Config(List.of()));
            return config.entries().stream()
                    .filter(entry -> entry.name().equals("cleanup.policy"))
                    .map(ConfigEntry::value)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> topicRecords() {
        TopicPartition partition = new TopicPartition("_schemas", 0);
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(each -> records.add(each.key() + " -> " + each.value()));
            }
        }
        return records;
    }
}
