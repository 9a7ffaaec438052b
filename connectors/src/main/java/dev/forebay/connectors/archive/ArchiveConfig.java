package dev.forebay.connectors.archive;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What the archive source is configured with. */
record ArchiveConfig(Path file, ArchiveFormat format, String topic, int maxRecordBytes, int batchSize) {
    static final String FILE = "file";
    static final String FORMAT = "format";
    static final String TOPIC = "topic";
    static final String MAX_RECORD_BYTES = "max.record.bytes";
    static final String BATCH_SIZE = "batch.size";

    private static final String FORMATS =
            Arrays.stream(ArchiveFormat.values()).map(ArchiveFormat::code).collect(Collectors.joining(", "));

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    FILE,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ArchiveConfig::checkFile,
                    Importance.HIGH,
                    "The file to read, plain or gzip, at a path that every worker can read.")
            .define(
                    FORMAT,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ArchiveConfig::checkFormat,
                    Importance.HIGH,
                    "How the file divides into records: " + FORMATS + ".")
            .define(
                    TOPIC,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ArchiveConfig::checkTopic,
                    Importance.HIGH,
                    "The topic that gets one record of raw bytes for each record of the file.")
            .define(
                    MAX_RECORD_BYTES,
                    ConfigDef.Type.INT,
                    1 << 20,
                    Range.between(1, ArchiveReader.LARGEST_LIMIT),
                    Importance.MEDIUM,
                    "The largest record, in bytes. What is larger is cut to its first " + ArchiveReader.CUT_BYTES
                            + " bytes and marked with its true size.")
            .define(
                    BATCH_SIZE,
                    ConfigDef.Type.INT,
                    500,
                    Range.between(1, 100_000),
                    Importance.LOW,
                    "The most records that one poll hands to the producer.");

    /** Reads checked values; the first problem throws, as Connect has shown all of them before. */
    static ArchiveConfig of(Map<String, String> properties) {
        AbstractConfig values = new AbstractConfig(DEFINITION, properties, false);
        return new ArchiveConfig(
                Path.of(values.getString(FILE)),
                ArchiveFormat.valueOf(values.getString(FORMAT).toUpperCase(Locale.ROOT)),
                values.getString(TOPIC),
                values.getInt(MAX_RECORD_BYTES),
                values.getInt(BATCH_SIZE));
    }

    private static void checkFile(String key, @Nullable Object value) {
        String path = value == null ? "" : (String) value;
        if (path.isBlank()) {
            throw new ConfigException(key, value, "name the file to read");
        }
        Path file;
        try {
            file = Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigException(key, value, "this is no path: " + e.getReason());
        }
        if (!Files.exists(file)) {
            throw new ConfigException(key, value, "there is no such file; give a path that this worker can see");
        }
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(key, value, "this is not a file but a directory or device; name one file");
        }
        if (!Files.isReadable(file)) {
            throw new ConfigException(key, value, "the file cannot be read; let the worker's user read it");
        }
    }

    private static void checkFormat(String key, @Nullable Object value) {
        boolean known = Arrays.stream(ArchiveFormat.values())
                .anyMatch(format -> format.code().equals(value));
        if (!known) {
            throw new ConfigException(key, value, "use one of " + FORMATS);
        }
    }

    private static void checkTopic(String key, @Nullable Object value) {
        if (value == null || !((String) value).matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new ConfigException(
                    key, value, "a topic's name has 1 to 249 letters, digits, dots, underscores and dashes");
        }
    }
}
