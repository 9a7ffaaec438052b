package dev.forebay.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.forebay.connectors.archive.ArchiveSourceConnector;
import dev.forebay.schemas.Headers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real Connect worker and the archive source, in this process. */
@Tag("slow")
final class EmbeddedConnectTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(EmbeddedKafka.Options.temporary());
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        kafka.close();
    }

    @Test
    void everyRecordOfACsvArrivesOnceWithItsBytesAndItsPlace() throws Exception {
        createTopic("events");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 2998; i++) {
            rows.add(i + (i % 3 == 0 ? ",\"quoted, \u00fc\nsecond line\"" : ",plain \u4f60\u597d"));
        }
        rows.add("x".repeat(1 << 20));
        rows.add("y".repeat(5_000_000));
        Path file = Files.writeString(directory.resolve("caf\u00e9 \"1\".csv"), "id,text\n" + String.join("\n", rows));

        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "csv", "events"));
            awaitRecords("events", rows.size(), connect);
        }

        List<ConsumerRecord<byte[], byte[]>> records = readAll("events");
        assertThat(records.subList(0, 2999))
                .extracting(record -> new String(record.value(), UTF_8))
                .isEqualTo(rows.subList(0, 2999));
        assertThat(records).hasSize(3000);
        assertThat(records.get(2999).value()).hasSize(4096);
        assertThat(new String(records.get(1).key(), UTF_8)).isEqualTo("caf\u00e9 \"1\".csv:4");
        assertThat(headersOf(records.get(1)))
                .containsExactly(
                        entry(Headers.REQUEST_ID, "caf\u00e9 \"1\".csv:4"),
                        entry(Headers.FILE, "caf\u00e9 \"1\".csv"),
                        entry(Headers.LINE, "4"),
                        entry(Headers.RECORD, "1"));
        assertThat(headersOf(records.get(2999))).containsEntry(Headers.OVERSIZE, "5000000");
    }

    @Test
    void workerThatIsStoppedInTheMiddleGoesOnWithoutAGap() throws Exception {
        createTopic("restarted");
        int lines = 300_000;
        Path file = Files.write(
                directory.resolve("a.txt"),
                IntStream.rangeClosed(1, lines)
                        .mapToObj(i -> "the text of line " + i)
                        .toList());

        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "restarted"));
            awaitRecords("restarted", 1, connect);
        }
        long before = count("restarted");
        assertThat(before).isBetween(1L, lines - 1L);
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "restarted"));
            awaitRecords("restarted", lines, connect);
        }

        List<ConsumerRecord<byte[], byte[]>> records = readAll("restarted");
        Set<Integer> seen = records.stream()
                .map(record -> Integer.parseInt(headersOf(record).get(Headers.LINE)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen).hasSize(lines).startsWith(1).endsWith(lines);
        assertThat(records).allSatisfy(record -> assertThat(new String(record.value(), UTF_8))
                .isEqualTo("the text of line " + headersOf(record).get(Headers.LINE)));
    }

    @Test
    void workerThatDiedSendsAgainFromTheOffsetsThatItKept() throws Exception {
        createTopic("died");
        Path offsets = directory.resolve("connect.offsets");
        Path file = Files.writeString(directory.resolve("a.txt"), "one\ntwo\n");
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "died"));
            awaitRecords("died", 2, connect);
        }
        Path kept = Files.copy(offsets, directory.resolve("kept"));
        Files.writeString(file, "one\ntwo\nthree\nfour\n");
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "died"));
            awaitRecords("died", 4, connect);
        }

        Files.move(kept, offsets, StandardCopyOption.REPLACE_EXISTING);
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "died"));
            awaitRecords("died", 6, connect);
        }

        assertThat(readAll("died"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("one", "two", "three", "four", "three", "four");
    }

    @Test
    void configurationIsRefusedWithAllItsProblems() {
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            assertThatThrownBy(() ->
                            connect.putConnector("archive", config(directory.resolve("missing.csv"), "xml", "events")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("connector archive is refused")
                    .hasMessageContaining("configuration file: there is no such file")
                    .hasMessageContaining("configuration format: use one of csv, jsonl, text")
                    .hasMessageNotContaining("endpoint");
            assertThat(connect.failure("archive")).isEmpty();
        }
    }

    @Test
    void failureOfATaskIsSaidInOneLine() throws Exception {
        createTopic("failed");
        Path file = Files.writeString(directory.resolve("a.txt"), "one\n");
        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "failed"));
            awaitRecords("failed", 1, connect);
            assertThat(connect.failure("archive")).isEmpty();
        }
        Files.writeString(file, "two\n");

        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "failed"));
            await().atMost(PATIENCE).until(() -> connect.failure("archive").isPresent());

            assertThat(connect.failure("archive").orElseThrow())
                    .startsWith(file.toRealPath() + " is not the file that was read up to line 2 before")
                    .doesNotContain("\n", "Exception");
        }
    }

    @Test
    void recordThatTheTopicRefusesStopsTheTaskAndSaysWhy() throws Exception {
        admin.createTopics(List.of(new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "1000"))))
                .all()
                .get();
        Path file = Files.writeString(directory.resolve("a.txt"), "one\n" + "x".repeat(2000) + "\nthree\n");

        try (EmbeddedConnect connect = EmbeddedConnect.start(kafka.bootstrapServers(), directory)) {
            connect.putConnector("archive", config(file, "text", "small"));
            await().atMost(PATIENCE).until(() -> connect.failure("archive").isPresent());

            assertThat(connect.failure("archive").orElseThrow())
                    .contains("larger than the max message size")
                    .doesNotContain("\n", "Exception");
        }
    }

    private static Map<String, String> config(Path file, String format, String topic) {
        return new HashMap<>(Map.of(
                "connector.class",
                ArchiveSourceConnector.class.getName(),
                "file",
                file.toString(),
                "format",
                format,
                "topic",
                topic));
    }

    private static void createTopic(String name) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }

    private static void awaitRecords(String topic, long count, EmbeddedConnect connect) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(connect.failure("archive")).isEmpty();
            return count(topic) >= count;
        });
    }

    private static long count(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Map<String, String> headersOf(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
