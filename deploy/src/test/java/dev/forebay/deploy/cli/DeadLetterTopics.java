package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.serde.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A configuration whose topics have names of their own on a test's cluster. */
final class DeadLetterTopics {
    private final EmbeddedCluster cluster;
    private final String prefix;
    private final Path directory;
    private final ForebayConfig config;
    private final Codec<DeadLetter> codec;

    private DeadLetterTopics(EmbeddedCluster cluster, String prefix, Path directory) {
        this.cluster = cluster;
        this.prefix = prefix;
        this.directory = directory;
        this.config = ForebayConfig.read(configFor(prefix));
        this.codec = config.codecs().of(config.topics().deadLetters(), DeadLetter.class);
    }

    /** The topic of dead letters has one partition, the others have two; {@link #small} takes no more than 300 bytes. */
    static DeadLetterTopics create(EmbeddedCluster cluster, String prefix, Path directory) {
        DeadLetterTopics topics = new DeadLetterTopics(cluster, prefix, directory);
        topics.create(new NewTopic(topics.deadLetters(), 1, (short) 1));
        topics.create(new NewTopic(topics.small(), 2, (short) 1).configs(Map.of("max.message.bytes", "300")));
        try (BrokerTopics broker = BrokerTopics.of(topics.config.kafka())) {
            broker.create(TopicPlan.of(topics.config), Optional.of(2));
        }
        return topics;
    }

    Path config() {
        return directory.resolve(prefix + ".yaml");
    }

    ForebayConfig parsed() {
        return config;
    }

    /** Writes a configuration whose topics begin with a prefix. */
    Path configFor(String name) {
        String yaml =
                """
                kafka: {bootstrap.servers: "%s"}
                registry: {schema.registry.url: "%s", auto.register.schemas: true}
                tasks: {embed: {task: embed}}
                topics: {requests: P-requests, work: P-work, work-bulk: P-bulk, outcomes: P-outcomes, results: P-results,
                         review: P-review, rejections: P-rejections, dead-letters: P-dead-letters, replays: P-replays}
                processors: {intake-application-id: P-intake, verdict-application-id: P-verdict}
                intake:
                  sources:
                    - {topic: P-events, format: json, text: /text, task: embed}
                    - {topic: P-small, format: text, task: embed}
                """;
        String text = yaml.formatted(cluster.bootstrapServers(), cluster.registryUrl())
                .replace("P-", name + "-");
        try {
            return Files.writeString(directory.resolve(name + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String events() {
        return prefix + "-events";
    }

    String small() {
        return prefix + "-small";
    }

    String deadLetters() {
        return prefix + "-dead-letters";
    }

    byte[] encoded(DeadLetter letter) {
        return codec.encode(letter);
    }

    void write(DeadLetter.Builder... letters) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (DeadLetter.Builder letter : letters) {
                // Closing the producer waits for all of them; a test that misses one fails.
                var unused = producer.send(new ProducerRecord<>(deadLetters(), encoded(letter.build())));
            }
        }
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", cluster.bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Waits until there are so many letters, within a bound. */
    void awaitLetters(int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> read(deadLetters()).size() == count);
    }

    List<DeadLetter> letters() {
        return read(deadLetters()).stream()
                .map(record -> codec.decode(record.value()).fold(good -> good.value(), bad -> {
                    throw new AssertionError(bad.message());
                }))
                .toList();
    }

    ConsumerRecord<byte[], byte[]> only(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = read(topic);
        assertThat(records).as(topic).hasSize(1);
        return records.get(0);
    }

    /** What is committed in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "isolation.level", "read_committed",
                "fetch.max.wait.ms", "20");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Each as {@code name=text}, in order. */
    static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(DeadLetterTopics::text)
                .toList();
    }

    private static String text(Header header) {
        byte[] value = header.value();
        return header.key() + "=" + (value == null ? "null" : new String(value, StandardCharsets.UTF_8));
    }

    private void create(NewTopic topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
