package dev.forebay.connectors.archive;

import dev.forebay.schemas.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Hands the records of one file to Connect as raw bytes, each with an id made of the file's name and its line, so that
 * a record that is read again has the same id. At the end of the file it waits to be stopped.
 */
public final class ArchiveSourceTask extends SourceTask {
    /** A batch also ends here, so that many large records do not fill the heap. */
    private static final long BATCH_BYTES = 4L << 20;

    private static final long IDLE_MILLIS = 200;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable OpenArchive archive;
    private @Nullable ConnectException failure;

    /** A file that is being read, with what its records have in common. */
    private record OpenArchive(ArchiveConfig config, Path file, Fingerprint fingerprint, ArchiveReader reader) {

        Map<String, String> partition() {
            return partitionOf(file);
        }

        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    @Override
    public String version() {
        return ArchiveSourceConnector.packagedVersion();
    }

    @Override
    public void start(Map<String, String> props) {
        ArchiveConfig config = ArchiveConfig.of(props);
        try {
            Path file = config.file().toRealPath();
            Fingerprint fingerprint = Fingerprint.of(file);
            ArchivePosition from = storedPosition(file);
            ArchiveReader reader = ArchiveReader.open(file, config.format(), config.maxRecordBytes(), from);
            archive = new OpenArchive(config, file, fingerprint, reader);
        } catch (IOException e) {
            throw new ConnectException("cannot read " + config.file() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        if (failure != null) {
            throw failure;
        }
        OpenArchive open = archive;
        List<SourceRecord> batch = open == null ? List.of() : batchOf(open);
        if (batch.isEmpty() && failure != null) {
            throw failure;
        }
        if (batch.isEmpty()) {
            stopped.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        }
        return batch;
    }

    @Override
    public void stop() {
        stopped.countDown();
        OpenArchive open = archive;
        archive = null;
        try {
            if (open != null) {
                open.reader().close();
            }
        } catch (IOException e) {
            throw new ConnectException("cannot close " + open.file() + ": " + e.getMessage(), e);
        }
    }

    /** Where the file cannot be read on, what was read before goes out first: the failure waits for the next poll. */
    private List<SourceRecord> batchOf(OpenArchive open) {
        List<SourceRecord> batch = new ArrayList<>();
        long bytes = 0;
        try {
            while (batch.size() < open.config().batchSize() && bytes < BATCH_BYTES) {
                ArchiveRecord record = open.reader().next();
                if (record == null) {
                    break;
                }
                batch.add(sourceRecord(open, record));
                bytes += record.bytes().length;
            }
        } catch (IOException e) {
            long line = open.reader().position().line();
            failure = new ConnectException(
                    "cannot read " + open.file() + " from line " + line + " on: " + e.getMessage(), e);
        }
        return batch;
    }

    private static SourceRecord sourceRecord(OpenArchive open, ArchiveRecord record) {
        String requestId = open.name() + ":" + record.line();
        ConnectHeaders headers = new ConnectHeaders();
        // Strings, not bytes: Connect's default header converter would write bytes as Base64.
        headers.addString(Headers.REQUEST_ID, requestId);
        headers.addString(Headers.FILE, open.name());
        headers.addString(Headers.LINE, Long.toString(record.line()));
        headers.addString(Headers.RECORD, Long.toString(record.record()));
        if (record.cut()) {
            headers.addString(Headers.OVERSIZE, Long.toString(record.size()));
        }
        return new SourceRecord(
                open.partition(),
                new SourceOffset(record.next(), open.fingerprint()).toMap(),
                open.config().topic(),
                null,
                Schema.BYTES_SCHEMA,
                requestId.getBytes(StandardCharsets.UTF_8),
                Schema.OPTIONAL_BYTES_SCHEMA,
                record.bytes(),
                null,
                headers);
    }

    private ArchivePosition storedPosition(Path file) throws IOException {
        Map<String, Object> stored = context.offsetStorageReader().offset(partitionOf(file));
        if (stored == null) {
            return ArchivePosition.START;
        }
        String remedy = "; to read it from its beginning, give the connector another name or delete its offsets";
        SourceOffset offset;
        try {
            offset = SourceOffset.of(stored);
        } catch (IllegalArgumentException e) {
            throw new ConnectException("the stored offset of " + file + " is unusable: " + e.getMessage() + remedy, e);
        }
        if (!offset.fingerprint().fits(file)) {
            throw new ConnectException(file + " is not the file that was read up to line "
                    + offset.position().line() + " before: its beginning has changed" + remedy);
        }
        return offset.position();
    }

    private static Map<String, String> partitionOf(Path file) {
        return Map.of("file", file.toString());
    }
}
