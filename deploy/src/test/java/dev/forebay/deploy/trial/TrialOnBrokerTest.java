package dev.forebay.deploy.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RecordJson;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.deploy.pipeline.TopicPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A trial promises what the same configuration does on a broker, with the model that is configured. */
final class TrialOnBrokerTest {
    private static final Path EXAMPLE = Path.of("..", "processors", "examples", "support");
    private static final Path CUSTOMERS = EXAMPLE.resolve("customers.jsonl");
    private static final String CUSTOMER_TOPIC = "crm.customers";

    /** What is another at every run: times, and where a record stood. */
    private static final Set<String> VARYING = Set.of(
            "issued_at", "completed_at", "rejected_at", "failed_at", "timestamp", "offset", "partition", "ce_time");

    private static final Pattern POSITION = Pattern.compile("support\\.messages-\\d+-\\d+");

    @Test
    void sameConfigurationGivesTheSameRecordsOnABroker() throws IOException {
        ForebayConfig config = ForebayConfig.readForAnyCluster(EXAMPLE.resolve("forebay.yaml"));
        List<TrialEvent> events = events(config);
        List<String> tried = tried(config, events);

        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            ForebayConfig there = config.on(cluster.bootstrapServers(), cluster.registryUrl());
            TopicPlan plan = TopicPlan.of(there);
            try (BrokerTopics broker = BrokerTopics.of(there.kafka())) {
                broker.create(plan, Optional.empty());
            }
            refer(cluster);
            Collection<String> ends = endTopics(plan, there);
            try (RunningWorker worker = RunningWorker.start(there, RunningWorker.load(there, line -> {}));
                    RunningProcessors processors = RunningProcessors.start(there);
                    KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, ends)) {
                send(cluster, events);
                List<String> found = new ArrayList<>();
                RecordJson json = new RecordJson(there.codecs());
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(worker.failure()).isEmpty();
                    assertThat(processors.failure()).isEmpty();
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                        found.add(shown(json, record.topic(), record.key(), record.headers(), record.value()));
                    }
                    assertThat(found).hasSizeGreaterThanOrEqualTo(tried.size());
                });
                assertThat(found).containsExactlyInAnyOrderElementsOf(tried);
            }
        }
        assertThat(tried.stream().map(line -> line.substring(0, line.indexOf(' '))))
                .as("the example ends in many places")
                .contains("forebay.dead-letters", "forebay.rejections", "forebay.review");
    }

    /** Those of the example, without what the model is taken to say: here it is asked. */
    private static List<TrialEvent> events(ForebayConfig config) throws IOException {
        TrialEvents reader = new TrialEvents(
                config.processors().intake().sourceTopics(),
                config.topics().requests().name(),
                Optional.empty());
        List<TrialEvent> events = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(EXAMPLE.resolve("events.jsonl"))) {
            for (Optional<TrialEvent> event = reader.next(lines, 0);
                    event.isPresent();
                    event = reader.next(lines, events.size())) {
                TrialEvent read = event.get();
                events.add(new TrialEvent(
                        read.line(), read.topic(), read.key(), read.value(), read.headers(), null, null));
            }
        }
        return events;
    }

    private static List<String> tried(ForebayConfig config, List<TrialEvent> events) throws IOException {
        List<String> records = new ArrayList<>();
        try (Trial trial = new Trial(config, line -> {});
                BufferedReader customers = Files.newBufferedReader(CUSTOMERS)) {
            new TrialReferences(customers).forEach((key, value) -> trial.addReference(CUSTOMER_TOPIC, key, value));
            RecordJson json = new RecordJson(trial.codecs());
            for (TrialEvent event : events) {
                for (ProducerRecord<byte[], byte[]> end : trial.run(event).ends()) {
                    records.add(shown(json, end.topic(), end.key(), end.headers(), end.value()));
                }
            }
        }
        return records;
    }

    private static String shown(RecordJson json, String topic, byte[] key, Headers headers, byte[] value) {
        JsonNode shown = json.value(value);
        ObjectNode shownHeaders = json.headers(headers);
        shownHeaders.remove(VARYING);
        if (shown instanceof ObjectNode object) {
            object.remove(VARYING);
            rounded(object);
        }
        String line = topic + " " + json.value(key) + " " + shownHeaders + " " + shown;
        return POSITION.matcher(line).replaceAll("POSITION");
    }

    /** A batch may add up in another order than a text alone: scores agree to two places. */
    private static void rounded(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : Set.copyOf(object.properties())) {
                if (field.getValue().isDouble() || field.getValue().isFloat()) {
                    object.put(field.getKey(), Math.round(field.getValue().asDouble() * 100) / 100.0);
                }
            }
        }
        node.forEach(TrialOnBrokerTest::rounded);
    }

    private static Collection<String> endTopics(TopicPlan plan, ForebayConfig config) {
        Set<String> ends = new HashSet<>(plan.names());
        ends.removeAll(config.processors().intake().sourceTopics());
        ends.removeAll(config.processors().intake().referenceTopics());
        ends.removeAll(config.topics().workNames());
        ends.removeAll(Set.of(
                config.topics().requests().name(),
                config.topics().outcomes().name(),
                config.topics().retries().name(),
                config.topics().replays()));
        return ends;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedCluster cluster, Collection<String> topics) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", cluster.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "group.id", "trial"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(topics);
        return consumer;
    }

    private static void refer(EmbeddedCluster cluster) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster);
                BufferedReader customers = Files.newBufferedReader(CUSTOMERS)) {
            new TrialReferences(customers).forEach((key, value) -> {
                var unused = producer.send(new ProducerRecord<>(CUSTOMER_TOPIC, key, value));
            });
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedCluster cluster) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(EmbeddedCluster cluster, List<TrialEvent> events) {
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster)) {
            for (TrialEvent event : events) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(event.topic(), event.key(), event.value());
                event.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
                // Closing the producer waits for all of them.
                var unused = producer.send(record);
            }
        }
    }
}
