package dev.forebay.connectors.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeded mutations inside of archives: a bad record costs no neighbour, and a bad file is found out. */
final class ArchiveReaderFuzzTest {
    private static final long SEED = 4;
    private static final int LIMIT = 8_000;
    private static final int AROUND = 3;
    private static final byte[] ROW = "7,\"I said \"\"no\"\", twice\",{\"a\":1,\"b\":2}".getBytes(UTF_8);
    private static final String HEADER = "id,text,label\n";
    private static final String BEFORE = "1,before,x\n";
    private static final String AFTER = "2,after,y\n";

    @ParameterizedTest
    @EnumSource
    void aBadRecordLeavesItsNeighboursAsTheyAre(ArchiveFormat format) {
        Fuzz.run(SEED, List.of(ROW), (example, bytes) -> {
            List<String> texts = Archives.texts(read(file(bytes), format));
            int header = format == ArchiveFormat.CSV ? 0 : 1;
            List<String> first = texts.subList(header, header + AROUND);
            List<String> last = texts.subList(texts.size() - AROUND, texts.size());
            if (!first.stream().allMatch(BEFORE.strip()::equals)
                    || !last.stream().allMatch(AFTER.strip()::equals)) {
                throw new AssertionError("the neighbours became " + first + " and " + last);
            }
            if (texts.size() < header + 2 * AROUND + 1) {
                throw new AssertionError("the record itself is gone");
            }
        });
    }

    @Test
    void aBadCompressedFileIsReadOrRefused() {
        AtomicInteger read = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        byte[] whole = Archives.gzip(file(ROW));

        Fuzz.run(SEED, List.of(whole), (example, bytes) -> {
            try {
                if (Archives.texts(read(new GzipMembers(new ByteArrayInputStream(bytes)), ArchiveFormat.TEXT))
                                .size()
                        > 0) {
                    read.incrementAndGet();
                }
            } catch (IOException e) {
                refused.incrementAndGet();
            }
        });

        assertThat(refused).as("the checksum finds nearly all").hasValueGreaterThan(Fuzz.MUTATIONS / 2);
        assertThat(read).as("the time in the head matters to nobody").hasPositiveValue();
    }

    private static byte[] file(byte[] record) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(HEADER.getBytes(UTF_8));
        file.writeBytes(BEFORE.repeat(AROUND).getBytes(UTF_8));
        file.writeBytes(record);
        file.write('\n');
        file.writeBytes(AFTER.repeat(AROUND).getBytes(UTF_8));
        return file.toByteArray();
    }

    private static List<ArchiveRecord> read(byte[] file, ArchiveFormat format) throws IOException {
        return read(new ByteArrayInputStream(file), format);
    }

    private static List<ArchiveRecord> read(InputStream file, ArchiveFormat format) throws IOException {
        try (ArchiveReader reader = ArchiveReader.fromStart(file, format, LIMIT)) {
            return Archives.rest(reader);
        }
    }
}
