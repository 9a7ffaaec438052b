package dev.forebay.connectors.archive;

import static dev.forebay.connectors.archive.Archives.gzip;
import static dev.forebay.connectors.archive.Archives.records;
import static dev.forebay.connectors.archive.Archives.rest;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random files against a plain reading of the rules, and against themselves where reading goes on in the middle. */
final class ArchiveReaderPropertyTest {
    private static final String[] PIECES = {
        "a", "bb", ",", ",", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", " ", "\u00ff", "\u00ef\u00bb\u00bf", "{}"
    };
    private static final int MAX_LINES = 1000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void smallFilesDivideAsTheRulesSay(ArchiveFormat format) throws IOException {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(40);
            String content = smallContent(random);
            Path file = directory.resolve("small");
            Files.write(file, bytesOf(content, random.nextInt(4) == 0));
            List<String> expected = expected(content, format, limit);
            if (expected == null) {
                continue; // a header above the limit
            }

            List<ArchiveRecord> read = records(file, format, limit, ArchivePosition.START);

            assertThat(read.stream().map(Archives::line)).as("seed %d", seed).isEqualTo(expected);
            assertResumable(file, format, limit, read, 1, seed);
            try (ArchiveReader dribbled = ArchiveReader.fromStart(dribble(content, random), format, limit)) {
                assertThat(rest(dribbled).stream().map(Archives::line))
                        .as("seed %d, dribbled", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeFilesGoOnAnywhere(ArchiveFormat format) throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            int limit = 150_000;
            String content = "header\n" + largeContent(random);
            Path file = directory.resolve("large");
            Files.write(file, bytesOf(content, seed % 2 == 0));

            List<ArchiveRecord> read = records(file, format, limit, ArchivePosition.START);

            assertThat(read.stream().map(Archives::line))
                    .as("seed %d", seed)
                    .isEqualTo(expected(content, format, limit));
            assertResumable(file, format, limit, read, Math.max(1, read.size() / 20), seed);
        }
    }

    private static void assertResumable(
            Path file, ArchiveFormat format, int limit, List<ArchiveRecord> read, int step, long seed)
            throws IOException {
        for (int k = 0; k < read.size(); k += step) {
            List<ArchiveRecord> rest = records(file, format, limit, read.get(k).next());

            assertThat(rest.stream().map(Archives::line))
                    .as("seed %d, after record %d", seed, k)
                    .isEqualTo(read.subList(k + 1, read.size()).stream()
                            .map(Archives::line)
                            .toList());
        }
    }

    /** A stream that gives one to three bytes at a time, so that everything lies across a border somewhere. */
    private static InputStream dribble(String content, Random random) {
        return new ByteArrayInputStream(content.getBytes(ISO_8859_1)) {
            @Override
            public int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(3)));
            }
        };
    }

    private static byte[] bytesOf(String content, boolean compressed) {
        byte[] bytes = content.getBytes(ISO_8859_1);
        return compressed ? gzip(bytes) : bytes;
    }

    private static String smallContent(Random random) {
        StringBuilder content = new StringBuilder();
        int pieces = random.nextInt(60);
        for (int i = 0; i < pieces; i++) {
            content.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return content.toString();
    }

    /** Lines from empty to far above the limit and above what the reader takes in at once. */
    private static String largeContent(Random random) {
        StringBuilder content = new StringBuilder();
        while (content.length() < 2_000_000) {
            int length = random.nextInt(3) == 0 ? random.nextInt(400_000) : random.nextInt(3000);
            String start = List.of("", "\"", "a,\"").get(random.nextInt(3));
            String end = List.of("\n", "\r\n", "\"\n", "\"\r\n").get(random.nextInt(4));
            content.append(start).append("x".repeat(length)).append(end);
        }
        return content.toString();
    }

    /** The rules, read slowly: the fewest lines that together are a record, else the first line alone. */
    private static @Nullable List<String> expected(String content, ArchiveFormat format, int limit) {
        int mark = content.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        List<String> lines = Pattern.compile("[^\n]*\n|[^\n]+$")
                .matcher(content.substring(mark))
                .results()
                .map(match -> match.group())
                .toList();
        List<String> records = new ArrayList<>();
        ArchivePosition position = new ArchivePosition(mark, 1, 0);
        boolean header = format == ArchiveFormat.CSV;
        for (int at = 0; at < lines.size(); ) {
            int count = format == ArchiveFormat.CSV ? linesOfRecord(lines, at, limit) : 1;
            String whole = String.join("", lines.subList(at, at + count));
            String text = whole.endsWith("\n") ? whole.replaceFirst("\r?\n$", "") : whole;
            ArchivePosition next = new ArchivePosition(
                    position.offset() + whole.length(), position.line() + count, header ? 0 : position.record() + 1);
            if (header && text.length() > limit) {
                return null;
            }
            byte[] kept = text.substring(0, text.length() > limit ? Math.min(4096, limit) : text.length())
                    .getBytes(ISO_8859_1);
            if (!header) {
                records.add(Archives.line(
                        new ArchiveRecord(kept, position.line(), position.record(), next, text.length())));
            }
            header = false;
            position = next;
            at += count;
        }
        return records;
    }

    private static int linesOfRecord(List<String> lines, int from, int limit) {
        StringBuilder text = new StringBuilder();
        for (int count = 1; count <= MAX_LINES && from + count <= lines.size(); count++) {
            text.append(lines.get(from + count - 1));
            String whole = text.toString();
            String record = whole.endsWith("\n") ? whole.replaceFirst("\r?\n$", "") : whole;
            if (record.length() > limit) {
                return 1;
            }
            if (isRecord(record)) {
                return count;
            }
        }
        return 1;
    }

    private static boolean isRecord(String text) {
        String field = "(?:\"[^\"]*+(?:\"\"[^\"]*+)*+\"|[^\",\n][^,\n]*+|)";
        return Pattern.matches(field + "(?:," + field + ")*+", text);
    }
}
