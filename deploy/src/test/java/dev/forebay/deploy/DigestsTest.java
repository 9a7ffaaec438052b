package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.processors.Processors;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.registry.SchemaRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of two partitions gathered on a broker, by processors that lose transactions to faults and their files to a
 * restart in the middle of the windows.
 */
@Tag("slow")
final class DigestsTest {
    private static final int REQUESTS = 600;
    private static final int COUNTRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Topics TOPICS = Topics.defaults();
    /** All requests are of one window of these, which is long over. */
    private static final Instant ISSUED = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicInteger faults = new AtomicInteger();

    @Test
    void eachRequestIsInOneDigestThroughFaultsAndRestarts(@TempDir Path directory) {
        try (DigestCluster cluster = DigestCluster.start()) {
            ForebayConfig config = config(cluster, "10 s");
            SchemaRegistry registry = HttpSchemaRegistry.of(config.registry());
            Codecs codecs = Codecs.over(registry);

            try (Processors processors = DigestCluster.processors(config, codecs, directory.resolve("first"))) {
                send(cluster, codecs, 0, REQUESTS / 2, 0);
                await(
                        cluster,
                        () -> "all are on their way",
                        TOPICS.digestEvents().name(),
                        any -> true,
                        REQUESTS / 2);
                assertThat(processors.failure()).isEmpty();
            }
            assertThat(digests(cluster, codecs)).as("before the restart").isEmpty();
            Codecs failing = Codecs.over(failing(registry));
            try (Processors processors = DigestCluster.processors(config, failing, directory.resolve("empty again"))) {
                send(cluster, codecs, REQUESTS / 2, REQUESTS, 0);
                await(cluster, () -> "digests", TOPICS.work().name(), isDigest(codecs), COUNTRIES);
                assertThat(processors.failure()).isEmpty();
            }

            assertThat(faults).as("the fault has to happen").hasValue(1);
            assertWhole(digests(cluster, codecs));
        }
    }

    @Test
    void killedTwiceItCountsEachRequestOnce(@TempDir Path directory) throws IOException {
        try (DigestCluster cluster = DigestCluster.start()) {
            Codecs codecs =
                    Codecs.over(HttpSchemaRegistry.of(config(cluster, "10 s").registry()));
            Path file = Files.writeString(directory.resolve("forebay.yaml"), yaml(cluster));

            for (int kills = 0; kills < 3; kills++) {
                int from = kills * REQUESTS / 3;
                Path log = directory.resolve("run-" + kills + ".log");
                try (ChildJvm processors = ChildJvm.start(
                        log,
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        "dev.forebay.deploy.cli.Forebay",
                        "processors",
                        file.toString())) {
                    send(cluster, codecs, from, from + REQUESTS / 3, 0);
                    Supplier<String> said = () -> said(log);
                    if (kills < 2) {
                        await(cluster, said, TOPICS.digestEvents().name(), any -> true, from + REQUESTS / 6);
                    } else {
                        await(cluster, said, TOPICS.work().name(), isDigest(codecs), COUNTRIES);
                    }
                    assertThat(processors.isAlive()).as(said).isTrue();
                }
            }

            assertWhole(digests(cluster, codecs));
        }
    }

    @Test
    void digestThatIsTooLargeForItsTopicBecomesASmallerOne(@TempDir Path directory) throws Exception {
        try (DigestCluster cluster = DigestCluster.start()) {
            ForebayConfig config = config(cluster, "2 s");
            Codecs codecs = Codecs.over(HttpSchemaRegistry.of(config.registry()));
            send(cluster, codecs, 0, 100, 180);
            cluster.shrink(TOPICS.work().name(), 3_000);

            try (Processors processors = DigestCluster.processors(config, codecs, directory)) {
                await(cluster, () -> "digests", TOPICS.work().name(), isDigest(codecs), COUNTRIES);
                assertThat(processors.failure()).isEmpty();
            }

            assertThat(digests(cluster, codecs)).hasSize(COUNTRIES).allSatisfy(digest -> {
                int texts = Integer.parseInt(digest.getAttributes().get("texts"));
                assertThat(texts).isBetween(1, 14);
                assertThat(digest.getAttributes()).containsEntry("left_out", String.valueOf(20 - texts));
            });
        }
    }

    private static void assertWhole(List<Request> digests) {
        assertThat(digests).extracting(Request::getRequestId).doesNotHaveDuplicates();
        assertThat(digests).hasSize(COUNTRIES).allSatisfy(digest -> {
            assertThat(digest.getText().lines().filter(line -> !line.isEmpty()))
                    .hasSize(REQUESTS / COUNTRIES)
                    .doesNotHaveDuplicates();
            assertThat(digest.getAttributes())
                    .containsEntry("texts", String.valueOf(REQUESTS / COUNTRIES))
                    .containsEntry("left_out", "0")
                    .containsEntry("late", "0");
            assertThat(digest.getAttributes().get("sources")).contains("forebay.work-0:", "forebay.work-1:");
        });
    }

    private static String yaml(DigestCluster cluster) {
        return """
                kafka:
                  bootstrap.servers: %s
                  streams: {main.consumer.session.timeout.ms: 2000, heartbeat.interval.ms: 500, transaction.timeout.ms: 2000}
                registry: {schema.registry.url: '%s', auto.register.schemas: true}
                observe: {port: 0}
                tasks: {embed: {task: embed}, brief: {task: summarize}}
                digests:
                  windows:
                    - name: complaints
                      when: task == 'embed'
                      group-by: attributes.country
                      window: {tumbling: 1 h}
                      grace: 10 s
                      task: brief
                """
                .formatted(cluster.bootstrapServers(), cluster.registry().url().toString());
    }

    private static ForebayConfig config(DigestCluster cluster, String grace) {
        return cluster.config(
                Map.of("embed", Map.of("task", "embed"), "brief", Map.of("task", "summarize")),
                Map.of(
                        "windows",
                        List.of(Map.of(
                                "name", "complaints",
                                "when", "task == 'embed'",
                                "group-by", "attributes.country",
                                "window", Map.of("tumbling", "1 h"),
                                "grace", grace,
                                "task", "brief"))));
    }

    /** Fails once where a digest is written, when its window is closed in the store already. */
    private SchemaRegistry failing(SchemaRegistry registry) {
        return new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                if (subject.startsWith(TOPICS.work().name()) && faults.compareAndSet(0, 1)) {
                    throw new RegistryUnavailableException("away for once", null);
                }
                return registry.idOf(subject, schema);
            }

            @Override
            public Optional<Schema> byId(int id) {
                return registry.byId(id);
            }
        };
    }

    /** Requests of each country by turns, in both partitions. */
    private static void send(DigestCluster cluster, Codecs codecs, int from, int to, int padding) {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                Request request = Request.newBuilder()
                        .setRequestId("r-" + i)
                        .setTask("embed")
                        .setText("Text " + i + "x".repeat(padding) + ".")
                        .setAttributes(Map.of("country", "country-" + i % COUNTRIES))
                        .setIssuedAt(ISSUED.plusMillis(i))
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(
                        TOPICS.work().name(),
                        i / COUNTRIES % 2,
                        ("k-" + i).getBytes(StandardCharsets.UTF_8),
                        codec.encode(request)));
            }
        }
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(
            DigestCluster cluster,
            Supplier<String> what,
            String topic,
            Predicate<ConsumerRecord<byte[], byte[]>> which,
            int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long found = 0;
        while (found < count && System.nanoTime() - end < 0) {
            found = cluster.read(topic).stream().filter(which).count();
        }
        assertThat(found).as(what).isGreaterThanOrEqualTo(count);
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> isDigest(Codecs codecs) {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        return record -> decoded(codec, record).getAttributes().containsKey("digest");
    }

    private static List<Request> digests(DigestCluster cluster, Codecs codecs) {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        return cluster.read(TOPICS.work().name()).stream()
                .filter(isDigest(codecs))
                .map(record -> decoded(codec, record))
                .toList();
    }

    private static <T> T decoded(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }
}
