package dev.forebay.connectors.archive;

import static dev.forebay.connectors.archive.Archives.gzip;
import static dev.forebay.connectors.archive.Archives.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.forebay.schemas.Headers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveSourceTaskTest {
    @TempDir
    Path directory;

    private final StoredOffsets offsets = new StoredOffsets();

    @Test
    void recordsCarryTheirBytesAndTheirPlace() throws Exception {
        Path file = write(directory.resolve("calls.csv"), "id,text\n1,\"a\nb\"\n\n2,\u00ff\n");

        List<SourceRecord> records = readAll(task(file, "csv"));

        assertThat(records)
                .extracting(record -> new String((byte[]) record.value(), ISO_8859_1))
                .containsExactly("1,\"a\nb\"", "", "2,\u00ff");
        assertThat(records)
                .extracting(record -> new String((byte[]) record.key(), UTF_8))
                .containsExactly("calls.csv:2", "calls.csv:4", "calls.csv:5");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("events");
            assertThat(record.valueSchema()).isEqualTo(Schema.OPTIONAL_BYTES_SCHEMA);
            assertThat(record.kafkaPartition()).isNull();
        });
        assertThat(headersOf(records.get(2)))
                .containsExactly(
                        entry(Headers.REQUEST_ID, "calls.csv:5"),
                        entry(Headers.FILE, "calls.csv"),
                        entry(Headers.LINE, "5"),
                        entry(Headers.RECORD, "2"));
    }

    @Test
    void recordAboveTheLimitSaysItsTrueSize() throws Exception {
        Path file = write(directory.resolve("a.txt"), "x".repeat(9000) + "\nb\n");

        List<SourceRecord> records = readAll(task(file, "text", ArchiveConfig.MAX_RECORD_BYTES, "8000"));

        assertThat((byte[]) records.get(0).value()).hasSize(4096);
        assertThat(headersOf(records.get(0))).containsEntry(Headers.OVERSIZE, "9000");
        assertThat(headersOf(records.get(1))).doesNotContainKey(Headers.OVERSIZE);
    }

    @Test
    void batchesKeepToTheirSizeAndTheEndIsQuiet() throws Exception {
        Path file = write(directory.resolve("a.txt"), "a\nb\nc\n");
        ArchiveSourceTask task = task(file, "text", ArchiveConfig.BATCH_SIZE, "2");

        assertThat(task.poll()).hasSize(2);
        assertThat(task.poll()).hasSize(1);
        assertThat(task.poll()).isNull();

        task.stop();
        task.stop();
    }

    @Test
    void batchOfLargeRecordsEndsBeforeItFillsTheHeap() throws Exception {
        Path file = write(directory.resolve("a.txt"), ("x".repeat(1 << 20) + "\n").repeat(10));
        ArchiveSourceTask task = task(file, "text");

        assertThat(task.poll()).hasSize(4);
    }

    @Test
    void readingGoesOnBehindWhatWasStored() throws Exception {
        Path file = write(directory.resolve("a.jsonl"), "{\"a\":1}\n\n{\"a\":2}\n{\"a\":3}\n");
        List<SourceRecord> all = readAll(task(file, "jsonl"));

        for (int k = 0; k < all.size(); k++) {
            offsets.keep(all.get(k));

            List<SourceRecord> rest = readAll(task(file, "jsonl"));

            assertThat(rest).usingRecursiveFieldByFieldElementComparator().isEqualTo(all.subList(k + 1, all.size()));
        }
    }

    @Test
    void fileThatHasGrownIsReadOn() throws Exception {
        Path file = write(directory.resolve("a.txt"), "a\nb\n");
        readAll(task(file, "text")).forEach(offsets::keep);
        write(file, "a\nb\nc\n");

        assertThat(readAll(task(file, "text")))
                .extracting(record -> new String((byte[]) record.key(), UTF_8))
                .containsExactly("a.txt:3");
    }

    @Test
    void anotherFileAtTheSamePathIsRefused() throws Exception {
        Path file = write(directory.resolve("a.txt"), "a\nb\n");
        readAll(task(file, "text")).forEach(offsets::keep);
        write(file, "other\ncontent\n");

        assertThatThrownBy(() -> task(file, "text"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("is not the file that was read up to line 3")
                .hasMessageContaining("give the connector another name or delete its offsets");
    }

    @Test
    void fileThatHasBecomeShorterIsRefused() throws Exception {
        Path file = write(directory.resolve("a.txt"), "a".repeat(5000) + "\nb\n");
        readAll(task(file, "text")).forEach(offsets::keep);
        write(file, "a".repeat(4500) + "\n");

        assertThatThrownBy(() -> task(file, "text"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("the file ends before position 5003");
    }

    @Test
    void storedOffsetThatWasChangedByHandIsRefused() throws Exception {
        Path file = write(directory.resolve("a.txt"), "a\nb\n");
        SourceRecord first = readAll(task(file, "text")).get(0);
        Map<String, Object> changed = new HashMap<>(first.sourceOffset());
        changed.put("line", "two");
        offsets.keep(first.sourcePartition(), changed);

        assertThatThrownBy(() -> task(file, "text"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("line is not a number");
    }

    @Test
    void whatIsWholeGoesOutBeforeDamageIsReported() throws Exception {
        byte[] whole = gzip("line\n".repeat(100_000).getBytes(ISO_8859_1));
        Path file = Files.write(directory.resolve("a.gz"), Arrays.copyOf(whole, whole.length / 2));
        ArchiveSourceTask task = task(file, "text", ArchiveConfig.BATCH_SIZE, "100000");

        List<SourceRecord> batch = task.poll();

        assertThat(batch).isNotNull();
        assertThat(batch).hasSizeGreaterThan(10_000);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(task::poll)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("from line " + (batch.size() + 1) + " on: the gzip data ends too early");
        }
    }

    private ArchiveSourceTask task(Path file, String format, String... more) {
        Map<String, String> config = new HashMap<>(Map.of(
                ArchiveConfig.FILE, file.toString(), ArchiveConfig.FORMAT, format, ArchiveConfig.TOPIC, "events"));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        ArchiveSourceTask task = new ArchiveSourceTask();
        task.initialize(new Context(offsets));
        task.start(config);
        return task;
    }

    private static List<SourceRecord> readAll(ArchiveSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        List<SourceRecord> batch = task.poll();
        while (batch != null) {
            records.addAll(batch);
            batch = task.poll();
        }
        task.stop();
        return records;
    }

    private static Map<String, Object> headersOf(SourceRecord record) {
        Map<String, Object> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }

    private record Context(OffsetStorageReader offsetStorageReader) implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("the task has no metrics of its own");
        }
    }

    private static final class StoredOffsets implements OffsetStorageReader {
        private final Map<Map<String, ?>, Map<String, Object>> stored = new HashMap<>();

        void keep(SourceRecord record) {
            keep(record.sourcePartition(), record.sourceOffset());
        }

        void keep(Map<String, ?> partition, Map<String, ?> offset) {
            stored.put(partition, new HashMap<>(offset));
        }

        @Override
        public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
            return stored.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            throw new UnsupportedOperationException("the task reads one file");
        }
    }
}
