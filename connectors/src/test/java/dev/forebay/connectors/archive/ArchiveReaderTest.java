package dev.forebay.connectors.archive;

import static dev.forebay.connectors.archive.Archives.LIMIT;
import static dev.forebay.connectors.archive.Archives.gzip;
import static dev.forebay.connectors.archive.Archives.records;
import static dev.forebay.connectors.archive.Archives.rest;
import static dev.forebay.connectors.archive.Archives.text;
import static dev.forebay.connectors.archive.Archives.texts;
import static dev.forebay.connectors.archive.Archives.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchiveReaderTest {
    private static final String NO_RECORD = "none";

    @TempDir
    Path directory;

    /** In the tables n is a line feed, r a carriage return, q a quote and ; ends an expected record. */
    private static String unfold(String text) {
        return text.replace('n', '\n').replace('r', '\r').replace('q', '"');
    }

    private static List<String> expected(String records) {
        return NO_RECORD.equals(records)
                ? List.of()
                : Arrays.stream(records.split(";", -1))
                        .map(ArchiveReaderTest::unfold)
                        .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a line is a record without its end               | anbn     | a;b
                    a carriage return belongs to the line end        | arnbrn   | a;b
                    the last line counts without an end              | anb      | a;b
                    an empty line is a record of no bytes            | annb     | a;;b
                    an empty line is one with a carriage return too  | arnrnb   | a;;b
                    a line feed alone is one empty line              | n        | ''
                    an empty file has no records                     | ''       | none
                    a carriage return alone ends nothing             | arbn     | arb
                    a carriage return at the end of the file is data | anbr     | a;br
                    only one carriage return belongs to the end      | arrn     | ar
                    """)
    void linesAreRecords(String rule, String content, String records) throws IOException {
        Path file = write(directory.resolve("a.txt"), unfold(content));

        for (ArchiveFormat format : List.of(ArchiveFormat.TEXT, ArchiveFormat.JSONL)) {
            assertThat(texts(records(file, format, LIMIT, ArchivePosition.START)))
                    .as(rule)
                    .isEqualTo(expected(records));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a line is a record                                     | a,bnc,dn        | a,b;c,d
                    an empty line is a record                              | a,bnnc,d        | a,b;;c,d
                    a line end inside quotes is data                       | a,qbncqnd,e     | a,qbncq;d,e
                    a carriage return inside quotes is data                | qarnbq,crnd     | qarnbq,c;d
                    a line may start inside quotes with a comma            | qan,bqnc        | qan,bq;c
                    two quotes are an escaped one                          | qaqqnbqnc       | qaqqnbq;c
                    escaped quotes may stand at both ends                  | qqqanbqqqnc     | qqqanbqqq;c
                    an empty quoted field is whole                         | qq,anb          | qq,a;b
                    a quote inside an unquoted field is data               | aqb,cnd         | aqb,c;d
                    a quote after a blank is inside an unquoted field      | a, qbncqnd      | a, qb;cq;d
                    a comma at the end starts an empty field               | a,nb,           | a,;b,
                    an unclosed quote leaves the next lines alone          | qa,bnc,dne,f    | qa,b;c,d;e,f
                    an unclosed quote ends where the next quote is wrong   | qanb,qcqndn     | qa;b,qcq;d
                    a quote that is followed by text breaks the line alone | qaqb,cnd        | qaqb,c;d
                    a broken line ends inside a later quote                | qaqb,qcndqne    | qaqb,qc;dq;e
                    a carriage return after a quote needs a line feed      | qaqrb,cnd       | qaqrb,c;d
                    an unclosed quote at the end of the file               | anqb            | a;qb
                    an unclosed quote and line ends at the end of the file | qannb           | qa;;b
                    a quote alone at the end of the file                   | anq             | a;q
                    a closed quote and a carriage return at the end        | anqbqr          | a;qbqr
                    the same after a line end inside the quotes            | qanbqr          | qa;bqr
                    """)
    void quotesDivideCsv(String rule, String content, String records) throws IOException {
        Path file = write(directory.resolve("a.csv"), "header\n" + unfold(content));

        assertThat(texts(records(file, ArchiveFormat.CSV, LIMIT, ArchivePosition.START)))
                .as(rule)
                .isEqualTo(expected(records));
    }

    @Test
    void csvHeaderIsNoRecordAndStaysKnownWhereReadingGoesOn() throws IOException {
        Path file = write(directory.resolve("a.csv"), "id,\"long\nname\"\r\n1,a\r\n2,b\r\n");

        try (ArchiveReader reader = ArchiveReader.open(file, ArchiveFormat.CSV, LIMIT)) {
            assertThat(reader.csvHeader()).isEqualTo("id,\"long\nname\"".getBytes(ISO_8859_1));
            ArchiveRecord first = reader.next();
            assertThat(first).isNotNull();
            assertThat(first.line()).isEqualTo(3);
            assertThat(first.record()).isZero();
            try (ArchiveReader again = ArchiveReader.open(file, ArchiveFormat.CSV, LIMIT, first.next())) {
                assertThat(again.csvHeader()).isEqualTo(reader.csvHeader());
                assertThat(texts(rest(again))).containsExactly("2,b");
            }
        }
    }

    @Test
    void fileWithoutContentHasNoHeaderAndNoRecord() throws IOException {
        for (String content : List.of("", "\u00ef\u00bb\u00bf")) {
            Path file = write(directory.resolve("empty.csv"), content);

            try (ArchiveReader reader = ArchiveReader.open(file, ArchiveFormat.CSV, LIMIT)) {
                assertThat(reader.csvHeader()).isEmpty();
                assertThat(reader.next()).isNull();
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void byteOrderMarkIsPassedOnlyAtTheStart() throws IOException {
        String mark = "\u00ef\u00bb\u00bf";
        Path file = write(directory.resolve("a.jsonl"), mark + "{}\n" + mark + "{}\n");

        List<ArchiveRecord> records = records(file, ArchiveFormat.JSONL, LIMIT, ArchivePosition.START);

        assertThat(texts(records)).containsExactly("{}", mark + "{}");
        assertThat(records.get(0).next()).isEqualTo(new ArchivePosition(6, 2, 1));
    }

    @Test
    void beginningOfAByteOrderMarkIsData() throws IOException {
        Path file = write(directory.resolve("a.txt"), "\u00ef\u00bb");

        assertThat(texts(records(file, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START)))
                .containsExactly("\u00ef\u00bb");
    }

    @ParameterizedTest
    @CsvSource({"CSV", "JSONL", "TEXT"})
    void recordAboveTheLimitIsCutAndTheNextOneIsWhole(ArchiveFormat format) throws IOException {
        int limit = 5000;
        String end = "\r\n";
        String fits = "f".repeat(limit);
        String above = "a".repeat(limit + 1);
        String farAbove = "b".repeat(1_000_000);
        Path file = write(directory.resolve("a"), String.join(end, "header", fits, above, farAbove, "c", above));

        List<ArchiveRecord> records = records(file, format, limit, ArchivePosition.START);
        List<ArchiveRecord> ofInterest = records.subList(format == ArchiveFormat.CSV ? 0 : 1, records.size());

        assertThat(texts(ofInterest)).containsExactly(fits, "a".repeat(4096), "b".repeat(4096), "c", "a".repeat(4096));
        assertThat(ofInterest).extracting(ArchiveRecord::size).containsExactly(5000L, 5001L, 1_000_000L, 1L, 5001L);
        assertThat(ofInterest).extracting(ArchiveRecord::cut).containsExactly(false, true, true, false, true);
        assertThat(ofInterest).extracting(ArchiveRecord::line).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(ofInterest.get(4).next().offset()).isEqualTo(Files.size(file));
    }

    @Test
    void limitBelowTheCutIsAlsoWhatIsKept() throws IOException {
        Path file = write(directory.resolve("a"), "abcdef\ng\n");

        assertThat(texts(records(file, ArchiveFormat.TEXT, 3, ArchivePosition.START)))
                .containsExactly("abc", "g");
    }

    @Test
    void quotedFieldAboveTheLimitOnOneLineIsCut() throws IOException {
        Path file = write(directory.resolve("a"), "header\n1,\"" + "x".repeat(9000) + "\"\n2,\"y\nz\"\n");

        List<ArchiveRecord> records = records(file, ArchiveFormat.CSV, 8000, ArchivePosition.START);

        assertThat(texts(records)).containsExactly("1,\"" + "x".repeat(4093), "2,\"y\nz\"");
        assertThat(records.get(0).size()).isEqualTo(9004);
    }

    @Test
    void recordOverSeveralLinesAboveTheLimitFallsApartIntoItsLines() throws IOException {
        String half = "x".repeat(5000);
        Path file = write(directory.resolve("a"), "header\n1,\"" + half + "\n" + half + "\"\n2,y\n");

        assertThat(texts(records(file, ArchiveFormat.CSV, 8000, ArchivePosition.START)))
                .containsExactly("1,\"" + half, half + "\"", "2,y");
        assertThat(texts(records(file, ArchiveFormat.CSV, 20_000, ArchivePosition.START)))
                .containsExactly("1,\"" + half + "\n" + half + "\"", "2,y");
    }

    @Test
    void recordOverSeveralLinesMayReachTheLimitWhereverBlocksEnd() throws IOException {
        byte[] content = "h\n\"ab\ncd\"\r\ne\n".getBytes(ISO_8859_1);
        for (int split = 0; split <= content.length; split++) {
            InputStream blocks = new SequenceInputStream(
                    new ByteArrayInputStream(content, 0, split),
                    new ByteArrayInputStream(content, split, content.length - split));
            try (ArchiveReader reader = ArchiveReader.fromStart(blocks, ArchiveFormat.CSV, 7)) {
                assertThat(texts(rest(reader))).as("split at %d", split).containsExactly("\"ab\ncd\"", "e");
            }
        }
    }

    @Test
    void recordSpansAtMostAThousandLines() throws IOException {
        Path fits = write(directory.resolve("fits"), "header\n\"" + "\n".repeat(999) + "\"\n1\n");
        Path above = write(directory.resolve("above"), "header\n\"" + "\n".repeat(1000) + "\"\n1\n");

        assertThat(records(fits, ArchiveFormat.CSV, LIMIT, ArchivePosition.START))
                .hasSize(2);
        List<ArchiveRecord> apart = records(above, ArchiveFormat.CSV, LIMIT, ArchivePosition.START);
        assertThat(apart).hasSize(1002);
        assertThat(text(apart.get(1001))).isEqualTo("1");
        assertThat(apart.get(1001).line()).isEqualTo(1003);
    }

    @Test
    void headerAboveTheLimitIsRefused() throws IOException {
        Path file = write(directory.resolve("a"), "x".repeat(101) + "\n1\n");

        assertThatThrownBy(() -> ArchiveReader.open(file, ArchiveFormat.CSV, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("header has 101 bytes, more than the 100");
    }

    @Test
    void brokenLinesCostTheirNeighboursNothing() throws IOException {
        List<String> broken = List.of(
                "9,\"never closed",
                "9,\"closed\" and more,x",
                "9,too,many,fields,here",
                "9",
                "",
                "9,\u00ff\u00fe\u0080",
                "9,\"" + "t".repeat(1_000_000) + "\"",
                "9," + "u".repeat(5_000_000),
                "\"",
                "\"\"\"",
                "9,\"a\"\"b",
                "9,a\"b",
                "\u0000\u0001",
                "9,\"x\"y\"z",
                "\",\",\"",
                "\r",
                "9,\"last\"\r\r",
                "\"\"\"\"\"",
                "9,\"\"\"",
                "'9,\"");
        StringBuilder content = new StringBuilder("id,text\n");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < broken.size(); i++) {
            for (String neighbour : List.of("1,before " + i, "2,\"quoted\nbefore " + i + "\"")) {
                content.append(neighbour).append('\n');
                expected.add(neighbour);
            }
            content.append(broken.get(i)).append('\n');
            for (String neighbour : List.of("3,\"quoted after " + i + "\"", "4,after " + i)) {
                content.append(neighbour).append('\n');
                expected.add(neighbour);
            }
        }
        Path file = write(directory.resolve("a.csv"), content.toString());

        List<String> read = texts(records(file, ArchiveFormat.CSV, LIMIT, ArchivePosition.START));

        assertThat(read).hasSize(5 * broken.size());
        assertThat(read).containsSubsequence(expected);
    }

    @Test
    void compressionIsSeenFromTheBytesAndMembersFollowEachOther() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip("a\nb".getBytes(ISO_8859_1)));
        members.write(gzip(new byte[0]));
        members.write(gzip("c\nd\n".getBytes(ISO_8859_1)));
        members.write(new byte[512]);
        Path file = Files.write(directory.resolve("plain-name.txt"), members.toByteArray());

        List<ArchiveRecord> records = records(file, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START);

        assertThat(texts(records)).containsExactly("a", "bc", "d");
        assertThat(texts(records(file, ArchiveFormat.TEXT, LIMIT, records.get(0).next())))
                .containsExactly("bc", "d");
    }

    @Test
    void fileThatOnlyHasTheNameOfGzipIsReadAsItIs() throws IOException {
        Path file = write(directory.resolve("a.gz"), "a\nb\n");

        assertThat(texts(records(file, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START)))
                .containsExactly("a", "b");
    }

    @Test
    void whatIsWholeBeforeTheEndOfTruncatedGzipIsReadAndTheRestIsReported() throws IOException {
        byte[] whole = gzip("line\n".repeat(100_000).getBytes(ISO_8859_1));
        Path file = Files.write(directory.resolve("a.gz"), Arrays.copyOf(whole, whole.length / 2));

        try (ArchiveReader reader = ArchiveReader.open(file, ArchiveFormat.TEXT, LIMIT)) {
            ArchiveRecord first = reader.next();
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> rest(reader))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("ends too early");
            assertThat(reader.position().record()).isGreaterThan(10_000);
        }
    }

    @Test
    void damageAfterAWholeMemberIsNotTakenForTheEnd() throws IOException {
        byte[] whole = gzip("a\n".getBytes(ISO_8859_1));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(whole);
        bytes.write("rubbish".getBytes(ISO_8859_1));
        Path rubbish = Files.write(directory.resolve("rubbish"), bytes.toByteArray());
        byte[] wrong = whole.clone();
        wrong[wrong.length - 8] ^= 1;
        Path checksum = Files.write(directory.resolve("checksum"), wrong);

        assertThatThrownBy(() -> records(rubbish, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("something else");
        assertThatThrownBy(() -> records(checksum, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void positionBehindTheEndIsRefused() throws IOException {
        Path plain = write(directory.resolve("plain"), "a\n");
        Path compressed = Files.write(directory.resolve("compressed"), gzip("a\n".getBytes(ISO_8859_1)));
        ArchivePosition behind = new ArchivePosition(3, 2, 1);

        for (Path file : List.of(plain, compressed)) {
            assertThatThrownBy(() -> ArchiveReader.open(file, ArchiveFormat.TEXT, LIMIT, behind))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("the file ends before position 3");
        }
    }

    @Test
    void positionInsideALineIsRefused() throws IOException {
        Path plain = write(directory.resolve("plain"), "a\nb");
        Path compressed = Files.write(directory.resolve("compressed"), gzip("a\nb".getBytes(ISO_8859_1)));
        ArchivePosition end = records(plain, ArchiveFormat.TEXT, LIMIT, ArchivePosition.START)
                .get(1)
                .next();

        for (Path file : List.of(plain, compressed)) {
            assertThat(records(file, ArchiveFormat.TEXT, LIMIT, end)).isEmpty();
        }
        write(plain, "a\nb, grown\nc");
        Files.write(compressed, gzip("a\nb, grown\nc".getBytes(ISO_8859_1)));
        for (Path file : List.of(plain, compressed)) {
            assertThatThrownBy(() -> ArchiveReader.open(file, ArchiveFormat.TEXT, LIMIT, end))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no line starts at position 3");
        }
    }

    @Test
    void lineOf64MegabytesNeedsNoMoreMemoryThanTheLimit() throws IOException {
        long size = 64L << 20;
        Path file = directory.resolve("a");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("\nb\n".getBytes(ISO_8859_1)), size); // what lies before is a hole of zeros
        }
        int limit = 1 << 16;

        for (ArchiveFormat format : List.of(ArchiveFormat.TEXT, ArchiveFormat.JSONL)) {
            long before = allocated();
            List<ArchiveRecord> records = records(file, format, limit, ArchivePosition.START);
            long allocated = allocated() - before;

            assertThat(records).extracting(ArchiveRecord::size).containsExactly(size, 1L);
            assertThat(allocated).isLessThan(1 << 20);
        }
    }

    @Test
    void quoteThatNeverClosesNeedsNoMoreMemoryThanTheLimit() throws IOException {
        int limit = 1 << 16;
        Path file = write(directory.resolve("a"), "header\n\"" + ("x".repeat(9999) + "\n").repeat(400));

        long before = allocated();
        int count = 0;
        try (ArchiveReader reader = ArchiveReader.open(file, ArchiveFormat.CSV, limit)) {
            for (ArchiveRecord record = reader.next(); record != null; record = reader.next()) {
                count++;
            }
        }
        long allocated = allocated() - before;

        assertThat(count).isEqualTo(400);
        assertThat(allocated).isLessThan(Files.size(file) + (1 << 20));
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
