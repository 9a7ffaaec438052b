package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.processors.Processors;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processors/docs/delivery.md promises, on a broker. */
@Tag("slow")
final class ProcessorsDeliveryTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_261_126;
    private static final String CRASH_SOURCE = "crash.events";
    private static final int CRASH_RECORDS = 1_200;
    private static final int KILLS = 2;
    private static final String QUOTA_SOURCE = "quota.events";
    private static final String QUOTA_ADMITTED = "quota.admitted";
    private static final int QUOTA_RECORDS = 1_200;
    private static final int QUOTA_TENANTS = 6;
    private static final int QUOTA_BURST = 70;
    private static final int WORK_LIMIT = 4_000;
    private static final int BEHIND = 200;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static Codecs codecs;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        // So that a killed process is missed, and its transaction aborted, within seconds.
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(
                null,
                0,
                Map.of(
                        "group.min.session.timeout.ms",
                        "500",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                        "500")));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        DefaultTopics.create(kafka.bootstrapServers(), 1);
        codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"))));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(CRASH_SOURCE, 2, (short) 1),
                            new NewTopic(QUOTA_SOURCE, 2, (short) 1),
                            new NewTopic(QUOTA_ADMITTED, 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            set(
                    admin,
                    TOPICS.requests().name(),
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                    Long.toString(Long.MAX_VALUE));
            set(admin, TOPICS.work().name(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(WORK_LIMIT));
        }
    }

    @AfterAll
    static void stop() {
        producer.close();
        registry.close();
        kafka.close();
    }

    /** The topics that are written, and that of the remembered ids, take no date that lies an hour ahead. */
    @Test
    void eventDatedInTheFutureIsWrittenWithThePresentTime(@TempDir Path stateDir) {
        Instant before = Instant.now();
        Map<String, Long> dates = Map.of(
                "date-past",
                before.minusSeconds(60).toEpochMilli(),
                "date-ahead",
                before.plus(Duration.ofDays(400)).toEpochMilli(),
                "date-last",
                Long.MAX_VALUE,
                "date-first",
                0L);
        try (Processors processors = processors("dates", stateDir)) {
            dates.forEach((id, date) -> send(TOPICS.requests().name(), id, date, request(id, "a text")));
            Map<String, ConsumerRecord<byte[], byte[]>> work = new HashMap<>();
            try (KafkaConsumer<byte[], byte[]> reader = reader(TOPICS.work().name())) {
                await(processors, () -> {
                    read(reader).stream()
                            .filter(record -> key(record).startsWith("date-"))
                            .forEach(record -> work.put(key(record), record));
                    return work.size() == dates.size();
                });
            }

            Instant after = Instant.now();
            assertThat(work.get("date-past").timestamp()).isEqualTo(dates.get("date-past"));
            assertThat(work.get("date-first").timestamp()).isZero();
            for (String id : List.of("date-ahead", "date-last")) {
                assertThat(Instant.ofEpochMilli(work.get(id).timestamp()))
                        .as(id)
                        .isBetween(Instant.ofEpochMilli(before.toEpochMilli()), after);
            }
        }
    }

    @Test
    void whatIsTooLargeForItsTopicBecomesASmallDeadLetterAndItsNeighboursPass(@TempDir Path stateDir) throws Exception {
        byte[] random = new byte[2 * WORK_LIMIT];
        new Random(SEED).nextBytes(random);
        byte[] large = request("size-large", Base64.getEncoder().encodeToString(random));
        try (Processors processors = processors("sizes", stateDir);
                KafkaConsumer<byte[], byte[]> letters =
                        reader(TOPICS.deadLetters().name());
                KafkaConsumer<byte[], byte[]> work = reader(TOPICS.work().name())) {
            send(TOPICS.requests().name(), "size-before", Instant.now().toEpochMilli(), request("size-before", "a"));
            send(TOPICS.requests().name(), "size-large", Instant.now().toEpochMilli(), large);
            // In the same transaction, so that the producer gives them the fault of the large one.
            for (int i = 0; i < BEHIND; i++) {
                send(TOPICS.requests().name(), "size-" + i, Instant.now().toEpochMilli(), request("size-" + i, "b"));
            }
            List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();
            List<String> passed = new ArrayList<>();
            await(processors, () -> {
                read(letters).stream()
                        .filter(record -> key(record).startsWith("size-"))
                        .forEach(dead::add);
                read(work).stream()
                        .map(ProcessorsDeliveryTest::key)
                        .filter(key -> key.startsWith("size-"))
                        .forEach(passed::add);
                return !dead.isEmpty() && passed.size() + dead.size() >= BEHIND + 2;
            });

            List<String> neighbours = new ArrayList<>(List.of("size-before"));
            IntStream.range(0, BEHIND).forEach(i -> neighbours.add("size-" + i));
            assertThat(passed).containsExactlyElementsOf(neighbours);
            assertThat(dead).hasSize(1);
            DeadLetter letter = decoded(codecs.of(TOPICS.deadLetters(), DeadLetter.class), dead.get(0));
            assertThat(letter.getCode()).isEqualTo("output_too_large");
            assertThat(letter.getRequestId()).isEqualTo("size-large");
            assertThat(letter.getTopic()).isEqualTo(TOPICS.requests().name());
            assertThat(letter.getValue()).isNull();
            assertThat(letter.getValueSize()).isEqualTo(large.length);
            assertThat(letter.getValueSha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(large)));
            assertThat(letter.getMessage()).contains("topic " + TOPICS.work().name(), "max.message.bytes");
            assertThat(processors.states()).allMatch(state -> state.waitingFor().isEmpty());
        }
    }

    @Test
    void killedTwiceItLosesNothingAndDoublesNothingForAReaderOfWhatIsCommitted(@TempDir Path directory)
            throws Exception {
        Path config = crashConfig(directory);
        Map<String, Integer> seen = new HashMap<>();
        int kills = 0;
        int sent = 0;
        Process running = startProcessors(config, directory.resolve("run-0.log"));
        try (KafkaConsumer<byte[], byte[]> reader = reader(TOPICS.work().name())) {
            Instant end = Instant.now().plus(Duration.ofMinutes(3));
            while (seen.size() < CRASH_RECORDS && Instant.now().isBefore(end)) {
                // Sent as it goes, so that every kill finds a transaction open.
                for (int i = 0; i < 10 && sent < CRASH_RECORDS; i++, sent++) {
                    send(CRASH_SOURCE, "crash-" + sent, Instant.now().toEpochMilli(), json("crash-" + sent));
                }
                count(reader, seen);
                if (kills < KILLS && seen.size() >= (kills + 1) * CRASH_RECORDS / 4) {
                    running.destroyForcibly().waitFor();
                    kills++;
                    running = startProcessors(config, directory.resolve("run-" + kills + ".log"));
                }
                assertThat(running.isAlive())
                        .as("processors: %s", Files.readString(directory.resolve("run-" + kills + ".log")))
                        .isTrue();
            }
            running.destroy();
            assertThat(running.waitFor(40, TimeUnit.SECONDS)).isTrue();
            count(reader, seen);
        } finally {
            running.destroyForcibly();
        }

        assertThat(kills).isEqualTo(KILLS);
        assertThat(seen)
                .as("each event, and how often")
                .isEqualTo(
                        IntStream.range(0, CRASH_RECORDS).boxed().collect(Collectors.toMap(i -> "crash-" + i, i -> 1)));
    }

    /** Two processes share the tenants, one of them is killed and loses its files, and each bucket gives what it holds. */
    @Test
    void quotasAreExactThroughKillsAndRebalances(@TempDir Path directory) throws Exception {
        Path config = quotaConfig(directory);
        Map<String, Integer> admitted = new HashMap<>();
        Map<String, Integer> refused = new HashMap<>();
        Process steady = startProcessors(config, directory.resolve("steady.log"));
        Process killed = startProcessors(config, directory.resolve("killed-0.log"));
        int kills = 0;
        try (KafkaConsumer<byte[], byte[]> work = reader(TOPICS.work().name());
                KafkaConsumer<byte[], byte[]> rejections =
                        reader(TOPICS.rejections().name())) {
            Instant end = Instant.now().plus(Duration.ofMinutes(3));
            int sent = 0;
            while (sum(admitted) + sum(refused) < QUOTA_RECORDS && Instant.now().isBefore(end)) {
                for (int i = 0; i < 10 && sent < QUOTA_RECORDS; i++, sent++) {
                    send(QUOTA_SOURCE, "key-" + sent, Instant.now().toEpochMilli(), quotaEvent(sent));
                }
                countTenants(work, admitted);
                countTenants(rejections, refused);
                if (kills < KILLS && sum(admitted) + sum(refused) >= (kills + 1) * QUOTA_RECORDS / 4) {
                    killed.destroyForcibly().waitFor();
                    kills++;
                    killed = startProcessors(config, directory.resolve("killed-" + kills + ".log"));
                }
                assertThat(steady.isAlive() && killed.isAlive())
                        .as("processors, in %s", directory)
                        .isTrue();
            }
        } finally {
            killed.destroyForcibly();
            steady.destroyForcibly();
        }

        assertThat(kills).isEqualTo(KILLS);
        assertThat(admitted).isEqualTo(tenants(QUOTA_BURST));
        assertThat(refused).isEqualTo(tenants(QUOTA_RECORDS / QUOTA_TENANTS - QUOTA_BURST));
    }

    private static Map<String, Integer> tenants(int count) {
        return IntStream.range(0, QUOTA_TENANTS).boxed().collect(Collectors.toMap(i -> "tenant-" + i, i -> count));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By the number in the key. */
    private static void countTenants(KafkaConsumer<byte[], byte[]> reader, Map<String, Integer> counts) {
        for (ConsumerRecord<byte[], byte[]> record : read(reader)) {
            if (key(record).startsWith("key-")) {
                int number = Integer.parseInt(key(record).substring("key-".length()));
                counts.merge("tenant-" + number % QUOTA_TENANTS, 1, Integer::sum);
            }
        }
    }

    private static byte[] quotaEvent(int number) {
        return "{\"tenant\":\"tenant-%d\",\"text\":\"a parcel is late\"}"
                .formatted(number % QUOTA_TENANTS)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Path quotaConfig(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("forebay.yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                  streams: {main.consumer.session.timeout.ms: 2000, heartbeat.interval.ms: 500, transaction.timeout.ms: 2000}
                registry: {schema.registry.url: '%s', auto.register.schemas: true}
                observe: {port: 0}
                topics: {admitted: %s}
                tasks: {embed: {task: embed}}
                intake:
                  quota: {requests: 1, per: 31 d, burst: %d}
                  sources: [{topic: %s, format: json, text: /text, tenant-from: /tenant, task: embed}]
                processors: {intake-application-id: intake-quota, verdict-application-id: verdict-quota}
                """
                        .formatted(
                                kafka.bootstrapServers(), registry.url(), QUOTA_ADMITTED, QUOTA_BURST, QUOTA_SOURCE));
    }

    private static void count(KafkaConsumer<byte[], byte[]> reader, Map<String, Integer> seen) {
        for (ConsumerRecord<byte[], byte[]> record : read(reader)) {
            if (key(record).startsWith("crash-")) {
                seen.merge(key(record), 1, Integer::sum);
            }
        }
    }

    private static Processors processors(String run, Path stateDir) {
        Problems problems = new Problems();
        Section root = Section.of(
                Map.of(
                        "intake",
                        Map.of("duplicates", Map.of("window", "1 h")),
                        "processors",
                        Map.of("intake-application-id", "intake-" + run, "verdict-application-id", "verdict-" + run)),
                problems);
        ProcessorsConfig config = ProcessorsConfig.read(root, TOPICS, Set.of("embed"));
        problems.check();
        return Processors.start(config, KafkaConfig.of(kafka.bootstrapServers()), TOPICS, codecs, stateDir);
    }

    private static Path crashConfig(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("forebay.yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                  streams: {main.consumer.session.timeout.ms: 2000, heartbeat.interval.ms: 500, transaction.timeout.ms: 2000}
                registry: {schema.registry.url: '%s', auto.register.schemas: true}
                observe: {port: 0}
                tasks: {embed: {task: embed}}
                intake: {sources: [{topic: %s, format: json, text: /text, id: /id, task: embed}]}
                processors: {intake-application-id: intake-crash, verdict-application-id: verdict-crash}
                """
                        .formatted(kafka.bootstrapServers(), registry.url(), CRASH_SOURCE));
    }

    private static Process startProcessors(Path config, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.forebay.deploy.cli.Forebay",
                        "processors",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void set(Admin admin, String topic, String key, String value) throws Exception {
        AlterConfigOp op = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(op)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    private static byte[] request(String id, String text) {
        return codecs.of(TOPICS.requests(), Request.class)
                .encode(Request.newBuilder()
                        .setRequestId(id)
                        .setTask("embed")
                        .setText(text)
                        .setIssuedAt(Instant.now())
                        .build());
    }

    private static byte[] json(String id) {
        return "{\"id\":\"%s\",\"text\":\"a parcel is late\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
    }

    private static void send(String topic, String key, long timestamp, byte[] value) {
        // One that failed would be missing in the end.
        var unused = producer.send(
                new ProducerRecord<>(topic, null, timestamp, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** From the topic's beginning on, only what is committed. */
    private static KafkaConsumer<byte[], byte[]> reader(String topic) {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        reader.assign(List.of(new TopicPartition(topic, 0)));
        reader.seekToBeginning(reader.assignment());
        return reader;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(KafkaConsumer<byte[], byte[]> reader) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        reader.poll(Duration.ofMillis(50)).forEach(records::add);
        return records;
    }

    private static void await(Processors processors, Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            Optional<Throwable> failure = processors.failure();
            assertThat(failure).isEmpty();
            return condition.call();
        });
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static <T> T decoded(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }
}
