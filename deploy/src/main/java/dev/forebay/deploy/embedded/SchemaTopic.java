package dev.forebay.deploy.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The compacted topic {@code _schemas}, of one partition because its order is the registry's history. One writer only. */
final class SchemaTopic implements RegistryLog {
    static final String NAME = "_schemas";

    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final long TIMEOUT_SECONDS = 30;

    private final KafkaProducer<byte[], byte[]> producer;

    private SchemaTopic(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Makes the topic where it is missing, and hands over what is in it. */
    static SchemaTopic open(String bootstrapServers, Consumer<RegistryChange> replayed) {
        create(bootstrapServers);
        replay(bootstrapServers, replayed);
        return new SchemaTopic(new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "client.id",
                        "forebay-embedded-registry",
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        (int) Duration.ofSeconds(TIMEOUT_SECONDS).toMillis(),
                        "request.timeout.ms",
                        10_000,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    @Override
    public void append(RegistryChange change) {
        await("write to " + NAME, () -> producer.send(new ProducerRecord<>(
                        NAME, PARTITION.partition(), RegistryLayout.key(change), RegistryLayout.value(change)))
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static void create(String bootstrapServers) {
        NewTopic topic = new NewTopic(NAME, 1, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            String policy = await("create " + NAME, () -> {
                try {
                    admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    return TopicConfig.CLEANUP_POLICY_COMPACT;
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                    Config existing = admin.describeConfigs(List.of(resource))
                            .all()
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .getOrDefault(resource, new Config(List.of()));
                    ConfigEntry policyThere = existing.get(TopicConfig.CLEANUP_POLICY_CONFIG);
                    return policyThere == null ? "" : policyThere.value();
                }
            });
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new IllegalStateException("The topic " + NAME + " has cleanup.policy=" + policy
                        + ", which loses schemas. Set it to " + TopicConfig.CLEANUP_POLICY_COMPACT + ".");
            }
        }
    }

    private static void replay(String bootstrapServers, Consumer<RegistryChange> replayed) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    RegistryLayout.change(each.key(), each.value()).ifPresent(replayed);
                }
            }
        }
    }

    /** A call that waits for the broker. */
    private interface Call<T> {
        T get() throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static <T> T await(String what, Call<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted: " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Cannot " + what + ": " + e.getMessage(), e);
        }
    }
}
