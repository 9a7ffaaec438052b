package dev.forebay.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference topics on a broker: read before the first event, followed, waited for, and made anew under a running intake. */
@Tag("slow")
final class EnrichmentOnBrokerTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CUSTOMERS = 500;
    private static final String CUSTOMER_TOPIC = "crm.customers";
    private static final String CONFIG =
            """
            kafka:
              metadata.max.age.ms: 1000
              streams: {main.consumer.session.timeout.ms: 6000, heartbeat.interval.ms: 1000}
            tasks: {embed: {task: embed}}
            intake:
              sources: [{topic: notes, format: json, text: /text, id: /id, task: embed, attributes: {customer: /customer}}]
              enrich:
                - {name: customer, topic: crm.customers, format: json, by: customer, attributes: {plan: /plan}, missing: wait}
            """;

    @TempDir
    private static Path directory;

    private static EmbeddedCluster cluster;
    private static ForebayConfig config;
    private static Codecs codecs;
    private static KafkaProducer<byte[], byte[]> producer;

    /** By the id of the note. */
    private final Map<String, String> plans = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0));
        Path file = Files.writeString(directory.resolve("forebay.yaml"), CONFIG);
        config = ForebayConfig.readForAnyCluster(file).on(cluster.bootstrapServers(), cluster.registryUrl());
        codecs = config.codecs();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        cluster.close();
    }

    @Test
    void eventsFindWhatIsThereAndWaitForWhatIsNot() throws Exception {
        createTopics();
        for (int i = 0; i < CUSTOMERS; i++) {
            send(CUSTOMER_TOPIC, "c-" + i, "{\"plan\":\"basic\"}");
            send(CUSTOMER_TOPIC, "c-" + i, "{\"plan\":\"plan-" + i + "\"}");
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            note("n-" + i, "c-" + i);
        }
        try (RunningProcessors processors = RunningProcessors.start(config);
                KafkaConsumer<byte[], byte[]> work = reader()) {
            awaitNotes(processors, work, CUSTOMERS);
            for (int i = 0; i < CUSTOMERS; i++) {
                assertThat(plans).as("read before the first event").containsEntry("n-" + i, "plan-" + i);
            }

            note("late", "c-late");
            awaitObstacle(processors);
            send(CUSTOMER_TOPIC, "c-late", "{\"plan\":\"gold\"}");
            awaitNotes(processors, work, CUSTOMERS + 1);
            assertThat(plans).containsEntry("late", "gold");

            makeReferenceTopicAnew();
            send(CUSTOMER_TOPIC, "c-new", "{\"plan\":\"silver\"}");
            note("new", "c-new");
            awaitNotes(processors, work, CUSTOMERS + 2);
            assertThat(plans).as("from the topic that was made anew").containsEntry("new", "silver");

            note("old", "c-7");
            awaitObstacle(processors);
            send(CUSTOMER_TOPIC, "c-7", "{\"plan\":\"again\"}");
            awaitNotes(processors, work, CUSTOMERS + 3);
            assertThat(plans).as("nothing is kept of a topic that is gone").containsEntry("old", "again");
        }
    }

    private static void createTopics() {
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(2));
        }
    }

    private static void makeReferenceTopicAnew() throws Exception {
        try (Admin admin = Admin.create(config.kafka().forAdmin())) {
            admin.deleteTopics(List.of(CUSTOMER_TOPIC)).all().get(20, TimeUnit.SECONDS);
            await(() -> assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .doesNotContain(CUSTOMER_TOPIC));
        }
        createTopics();
    }

    private void awaitNotes(RunningProcessors processors, KafkaConsumer<byte[], byte[]> work, int count) {
        await(() -> {
            assertThat(processors.failure()).isEmpty();
            for (ConsumerRecord<byte[], byte[]> record : work.poll(Duration.ofMillis(50))) {
                Request request = decoded(record);
                assertThat(plans.put(
                                request.getRequestId(), request.getAttributes().get("plan")))
                        .as("before that of %s", request.getRequestId())
                        .isNull();
            }
            assertThat(plans).as("%s", processors.obstacle()).hasSize(count);
        });
    }

    private static void awaitObstacle(RunningProcessors processors) {
        await(() -> assertThat(processors.obstacle().orElse(""))
                .startsWith("intake is waiting for reference data: Enrichment customer: there is no record for")
                .contains(", for notes-"));
    }

    /** Streams throws the fault of a thread that it has replaced, so that somebody may log it. */
    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private static Request decoded(ConsumerRecord<byte[], byte[]> record) {
        return codecs.of(TOPICS.work(), Request.class).decode(record.value()).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }

    private static void note(String id, String customer) throws Exception {
        send("notes", id, "{\"id\":\"" + id + "\",\"text\":\"Hello\",\"customer\":\"" + customer + "\"}");
    }

    private static void send(String topic, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                .get(20, TimeUnit.SECONDS);
    }

    private static KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<PartitionInfo> partitions = reader.partitionsFor(TOPICS.work().name());
        reader.assign(partitions.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        reader.seekToBeginning(reader.assignment());
        return reader;
    }
}
