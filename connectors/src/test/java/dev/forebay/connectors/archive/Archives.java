package dev.forebay.connectors.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files for tests, and what comes of reading them. Latin-1 shows each byte as one character. */
final class Archives {
    static final int LIMIT = 1 << 20;

    private Archives() {}

    static Path write(Path file, String content) throws IOException {
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<ArchiveRecord> records(Path file, ArchiveFormat format, int limit, ArchivePosition from)
            throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file, format, limit, from)) {
            return rest(reader);
        }
    }

    static List<ArchiveRecord> rest(ArchiveReader reader) throws IOException {
        List<ArchiveRecord> records = new ArrayList<>();
        for (ArchiveRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }

    static List<String> texts(List<ArchiveRecord> records) {
        return records.stream().map(Archives::text).toList();
    }

    static String text(ArchiveRecord record) {
        return new String(record.bytes(), StandardCharsets.ISO_8859_1);
    }

    /** Everything that a record says, in a form that can be compared and shown. */
    static String line(ArchiveRecord record) {
        return record.record() + " at line " + record.line() + ", " + record.size() + " bytes, next " + record.next()
                + ": " + text(record);
    }
}
