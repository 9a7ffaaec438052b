package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.worker.WorkerConfig.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A worker process is killed with SIGKILL in the middle of its work, three times over. Every request has to end with the
 * answer that the model gives for its text. A plain build sees the strictest mode; with
 * {@code -Dforebay.crash.requests=20000} it is each of them.
 */
@Tag("slow")
final class WorkerCrashTest {
    private static final int REQUESTS = Integer.getInteger("forebay.crash.requests", 800);
    private static final int KILLS = 3;
    private static final int IN_FLIGHT = 125;
    /** Four times what may be in flight is read beyond the committed offset, and exceeded by at most one poll. */
    private static final int MAX_UNCOMMITTED = 4 * IN_FLIGHT + 500;

    private static final long SEED = 20_261_124;
    private static final Topics TOPICS = Topics.defaults();

    private final Map<String, List<Result>> results = new HashMap<>();
    private int terminals;

    static Stream<Delivery> modes() {
        return System.getProperty("forebay.crash.requests") == null
                ? Stream.of(Delivery.EXACTLY_ONCE)
                : Stream.of(Delivery.values());
    }

    @ParameterizedTest
    @MethodSource("modes")
    void killedThreeTimesLosesNothingAndAnswersRight(Delivery delivery, @TempDir Path dir) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0)) {
            Path config = config(dir, kafka.bootstrapServers(), registry.url().toString(), delivery);
            create(ForebayConfig.read(config));
            Codecs codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                    Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"))));
            Map<String, String> textOf = produce(kafka.bootstrapServers(), codecs);

            int kills = 0;
            ChildJvm worker = startWorker(config, dir.resolve("worker-0.log"));
            try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka.bootstrapServers())) {
                Codec<Result> codec = codecs.of(TOPICS.outcomes(), Result.class);
                Instant end = Instant.now().plus(Duration.ofMinutes(8));
                while (results.size() < REQUESTS && Instant.now().isBefore(end)) {
                    read(consumer, codec);
                    if (kills < KILLS && results.size() >= (kills + 1) * REQUESTS / 5) {
                        worker.close();
                        kills++;
                        worker = startWorker(config, dir.resolve("worker-" + kills + ".log"));
                    }
                    assertThat(worker.isAlive()).as("worker: %s", worker.log()).isTrue();
                }
                assertThat(worker.stop(Duration.ofSeconds(40))).as("it stops").isPresent();
                read(consumer, codec);
            } finally {
                worker.close();
            }

            assertThat(kills).isEqualTo(KILLS);
            assertThat(results.keySet())
                    .as("every request has a terminal record")
                    .isEqualTo(textOf.keySet());
            int doubled = terminals - REQUESTS;
            System.out.println(delivery + ": killed " + kills + " times: " + REQUESTS + " requests, " + terminals
                    + " results, " + doubled + " of them after a crash for the second time");
            assertThat(doubled)
                    .as("at most what was not committed at each kill")
                    .isLessThanOrEqualTo(delivery == Delivery.EXACTLY_ONCE ? 0 : KILLS * MAX_UNCOMMITTED);
            checkAnswers(textOf);
        }
    }

    private static void create(ForebayConfig config) {
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(2));
        }
    }

    private void checkAnswers(Map<String, String> textOf) throws Exception {
        // Expected answers come from the same model in this process, one text at a time.
        try (ExpectedAnswers expected = ExpectedAnswers.open()) {
            textOf.forEach((id, text) -> {
                for (Result result : results.get(id)) {
                    Classification given = (Classification) result.getOutcome();
                    Classification right = expected.of(text);
                    assertThat(given.getLabel()).as("%s: %s", id, text).isEqualTo(right.getLabel());
                    assertThat(given.getScore())
                            .as("%s: %s", id, text)
                            .isCloseTo(right.getScore(), org.assertj.core.data.Offset.offset(1e-3));
                }
            });
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Codec<Result> codec) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            Result result = codec.decode(record.value()).fold(Decoded.Good::value, bad -> {
                throw new AssertionError(bad.message());
            });
            results.computeIfAbsent(result.getRequestId(), id -> new ArrayList<>())
                    .add(result);
            terminals++;
        }
    }

    private static Map<String, String> produce(String bootstrapServers, Codecs codecs) {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        Random random = new Random(SEED);
        Map<String, String> textOf = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < REQUESTS; i++) {
                String id = "r-" + i;
                String text = ShortTexts.text(random);
                textOf.put(id, text);
                Request request = Request.newBuilder()
                        .setRequestId(id)
                        .setTask("triage")
                        .setText(text)
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them; one that failed would be missing in the end.
                var unused = producer.send(new ProducerRecord<>(
                        TOPICS.work().name(), id.getBytes(StandardCharsets.UTF_8), codec.encode(request)));
            }
        }
        return textOf;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(
                new TopicPartition(TOPICS.outcomes().name(), 0),
                new TopicPartition(TOPICS.outcomes().name(), 1)));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private static Path config(Path dir, String bootstrapServers, String registryUrl, Delivery delivery)
            throws IOException {
        return Files.writeString(
                dir.resolve("forebay.yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                registry:
                  schema.registry.url: %s
                  auto.register.schemas: true
                models:
                  directory: %s
                  precision: fp32
                  executors: 2
                  threads: 1
                tasks:
                  triage:
                    task: classify
                    labels: [%s]
                worker:
                  delivery: %s
                  state: %s
                  in-flight:
                    records: %d
                """
                        .formatted(
                                bootstrapServers,
                                registryUrl,
                                ExpectedAnswers.MODELS.toAbsolutePath(),
                                String.join(", ", ShortTexts.LABELS),
                                delivery.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                dir.resolve("state"),
                                IN_FLIGHT));
    }

    private static ChildJvm startWorker(Path config, Path log) {
        return WorkerProcess.start(config, log, "-Xmx512m", "-XX:+UseSerialGC");
    }
}
