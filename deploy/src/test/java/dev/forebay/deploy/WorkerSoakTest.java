package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker process at full load: it neither dies nor grows, and a stop in the middle of a batch is a stop and no crash of
 * the engine. Plain builds run it for seconds, which shows the machinery; {@code -Dforebay.soak.seconds=1800} with the
 * variant and the layout that are chosen for the machine.
 */
@Tag("slow")
final class WorkerSoakTest {
    private static final int SECONDS = Integer.getInteger("forebay.soak.seconds", 5);
    private static final boolean WHOLE = SECONDS >= 300;
    private static final int STOPS = WHOLE ? 10 : 1;
    private static final double MOST_GROWTH = 0.05;
    private static final int BACKLOG = 3_000;
    private static final int PARTITIONS = 2;
    private static final long SEED = 20_261_125;
    private static final Topics TOPICS = Topics.defaults();

    private final Random random = new Random(SEED);
    private long sent;

    @Test
    void aWorkerAtFullLoadNeitherDiesNorGrows(@TempDir Path dir) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            DefaultTopics.create(kafka.bootstrapServers(), PARTITIONS);
            Codec<Request> codec = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                            Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"))))
                    .of(TOPICS.work(), Request.class);
            Path config = config(dir, kafka.bootstrapServers(), registry.url().toString());

            List<Long> kilobytes = soak(dir, config, () -> feed(producer, codec, answered(admin)));
            for (int stop = 1; stop < STOPS; stop++) {
                stopUnderLoad(dir, config, "stop-" + stop, () -> feed(producer, codec, answered(admin)));
            }

            System.out.println("soak of " + SECONDS + " s: " + answered(admin) + " answers, " + STOPS
                    + " stops under load; resident MB "
                    + kilobytes.stream().map(kb -> kb / 1024).toList());
            if (WHOLE) {
                assertThat((double) last(kilobytes) / first(kilobytes))
                        .as("resident memory in the last sixth by that in the second sixth")
                        .isLessThanOrEqualTo(1 + MOST_GROWTH);
            }
            try (Stream<Path> files = Files.list(dir)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("error files of the JVM")
                        .noneMatch(name -> name.startsWith("hs_err"));
            }
        }
    }

    /** What keeps the worker busy; once a turn. */
    private interface Feeding {
        long turn() throws Exception;
    }

    private static List<Long> soak(Path dir, Path config, Feeding feeding) throws Exception {
        List<Long> kilobytes = new ArrayList<>();
        ChildJvm worker = start(dir, config, "soak");
        try {
            awaitAnswers(worker, feeding, 50);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            long sample = System.nanoTime();
            long every = TimeUnit.SECONDS.toNanos(SECONDS) / 60;
            while (System.nanoTime() - end < 0) {
                feeding.turn();
                if (System.nanoTime() - sample >= 0) {
                    kilobytes.add(worker.residentKilobytes());
                    sample += every;
                }
                assertThat(worker.isAlive()).as("the worker lives").isTrue();
                worker.endsWithin(Duration.ofMillis(100));
            }
            stop(worker);
            return kilobytes;
        } finally {
            worker.close();
        }
    }

    private static void stopUnderLoad(Path dir, Path config, String name, Feeding feeding) throws Exception {
        ChildJvm worker = start(dir, config, name);
        try {
            awaitAnswers(worker, feeding, 50);
            stop(worker);
        } finally {
            worker.close();
        }
    }

    private static void stop(ChildJvm worker) {
        OptionalInt code = worker.stop(Duration.ofSeconds(60));
        assertThat(code).as("it stops").isPresent();
        // 134 and 139 are what a crash of the engine would give
        assertThat(code.getAsInt()).as("exit code").isIn(0, 130, 143);
    }

    private static void awaitAnswers(ChildJvm worker, Feeding feeding, int count) throws Exception {
        long before = feeding.turn();
        Instant end = Instant.now().plus(Duration.ofMinutes(8));
        while (feeding.turn() < before + count) {
            assertThat(worker.isAlive())
                    .as("the worker lives: %s", worker.log())
                    .isTrue();
            assertThat(Instant.now()).as("the worker answers: %s", worker.log()).isBefore(end);
            worker.endsWithin(Duration.ofMillis(100));
        }
    }

    /** Tops the backlog up; gives how many were answered so far. */
    private long feed(KafkaProducer<byte[], byte[]> producer, Codec<Request> codec, long answered) {
        while (sent < answered + BACKLOG) {
            Request request = Request.newBuilder()
                    .setRequestId("r-" + sent)
                    .setTask("embedding")
                    .setText(text())
                    .setIssuedAt(Instant.now())
                    .build();
            // What is lost here is not missed: only the load counts.
            var unused = producer.send(
                    new ProducerRecord<>(TOPICS.work().name(), (int) (sent % PARTITIONS), null, codec.encode(request)));
            sent++;
        }
        return answered;
    }

    /** A few words to a few hundred, most of them short. */
    private String text() {
        int sentences = 1 + (int) Math.min(30, -4 * Math.log(1 - random.nextDouble()));
        return Stream.generate(() -> ShortTexts.text(random))
                .limit(sentences)
                .reduce("case " + sent, (a, b) -> a + ", " + b);
    }

    private static long answered(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(TOPICS.outcomes().name(), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().get(30, TimeUnit.SECONDS).values().stream()
                .mapToLong(info -> info.offset())
                .sum();
    }

    private static long first(List<Long> kilobytes) {
        return median(kilobytes.subList(kilobytes.size() / 6, kilobytes.size() / 3));
    }

    private static long last(List<Long> kilobytes) {
        return median(kilobytes.subList(kilobytes.size() * 5 / 6, kilobytes.size()));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static Path config(Path dir, String bootstrapServers, String registryUrl) throws IOException {
        String layout = WHOLE ? "" : ", precision: fp32, executors: 2, threads: 1";
        return Files.writeString(
                dir.resolve("forebay.yaml"),
                """
                kafka: {bootstrap.servers: "%s"}
                registry: {schema.registry.url: "%s", auto.register.schemas: true}
                models: {directory: "%s"%s}
                tasks:
                  embedding: {task: embed, reuse: false}
                worker: {batch: {padded-tokens: %s}}
                """
                        .formatted(
                                bootstrapServers, registryUrl, ExpectedAnswers.MODELS, layout, WHOLE ? "auto" : 1024));
    }

    private static ChildJvm start(Path dir, Path config, String name) {
        return WorkerProcess.start(
                config, dir.resolve(name + ".log"), "-Xmx512m", "-XX:ErrorFile=" + dir.resolve("hs_err_%p.log"));
    }
}
