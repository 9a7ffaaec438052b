package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeded mutations of good bytes: each comes back as a record or a reason, at a bounded cost. */
class DecodingNeverThrowsTest {
    private static final int MUTATIONS = 20_000;
    private static final long MOST_BYTES_ALLOCATED = 4 << 20;
    private static final List<byte[]> PIECES = List.of(
            new byte[] {-1, -1, -1, -1, 15}, // the longest 32-bit varint
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, // Long.MIN_VALUE, zigzag
            new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1}, // Long.MAX_VALUE, zigzag
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, // a varint without an end
            new byte[] {0},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            "[".repeat(100).getBytes(StandardCharsets.UTF_8),
            "{\"a\":".repeat(100).getBytes(StandardCharsets.UTF_8),
            "9".repeat(2000).getBytes(StandardCharsets.UTF_8),
            "1e999999999".getBytes(StandardCharsets.UTF_8),
            "null".getBytes(StandardCharsets.UTF_8),
            "\"\\ud800\"".getBytes(StandardCharsets.UTF_8),
            "\"type\":\"embedding\",".getBytes(StandardCharsets.UTF_8),
            ",".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource({"AVRO,1", "JSON,2"})
    @Timeout(60)
    void mutatedBytesAreARecordOrAReason(TopicFormat format, long seed) {
        Random random = new Random(seed);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MemoryRegistry registry = new MemoryRegistry();
        List<SpecificRecord> examples = List.copyOf(GoldenFiles.examples().values());
        List<Codec<SpecificRecord>> codecs = new ArrayList<>();
        List<byte[]> encoded = new ArrayList<>();
        for (SpecificRecord example : examples) {
            Codec<SpecificRecord> codec = GoldenFiles.codec(registry, example, format);
            byte[] bytes = codec.encode(example);
            assertThat(codec.decode(bytes)).isInstanceOf(Decoded.Good.class);
            codecs.add(codec);
            encoded.add(bytes);
        }
        Map<ReasonCode, Integer> reasons = new EnumMap<>(ReasonCode.class);
        int good = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int which = random.nextInt(examples.size());
            Codec<SpecificRecord> codec = codecs.get(which);
            byte[] bytes = mutated(encoded.get(which), random);
            String where = "seed " + seed + ", mutation " + i + " of " + which;

            long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            long before = System.nanoTime();
            Decoded<SpecificRecord> decoded;
            try {
                decoded = codec.decode(bytes);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(where + ": " + Arrays.toString(bytes), e);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - before)).as(where).isLessThan(Duration.ofSeconds(5));
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocatedBefore)
                    .as(where)
                    .isLessThan(MOST_BYTES_ALLOCATED);
            if (decoded instanceof Decoded.Bad<SpecificRecord> bad) {
                reasons.merge(bad.code(), 1, Integer::sum);
                assertThat(bad.message()).as(where).hasSizeLessThan(1000);
            } else {
                good++;
            }
        }
        assertThat(good).as("some mutations do no harm").isBetween(1, MUTATIONS - 1);
        assertThat(reasons.keySet()).as("seed " + seed).containsAll(expected(format));
    }

    private static EnumSet<ReasonCode> expected(TopicFormat format) {
        return format == TopicFormat.AVRO
                ? EnumSet.of(ReasonCode.MALFORMED, ReasonCode.SCHEMA_UNKNOWN, ReasonCode.NOT_WIRE_FORMAT)
                : EnumSet.of(ReasonCode.MALFORMED, ReasonCode.FIELD_MISSING, ReasonCode.INVALID_UTF8);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original;
        for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
            int at = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + random.nextInt(12));
            bytes = switch (random.nextInt(5)) {
                case 0 -> flipped(bytes, Math.max(0, at - 1), random);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> joined(bytes, at, at, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> joined(bytes, at, to, PIECES.get(random.nextInt(PIECES.size())));
                default -> joined(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] original, int at, Random random) {
        byte[] bytes = original.clone();
        if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** The bytes with those between two positions replaced. */
    private static byte[] joined(byte[] original, int from, int to, byte[] piece) {
        byte[] bytes = Arrays.copyOf(original, from + piece.length + original.length - to);
        System.arraycopy(piece, 0, bytes, from, piece.length);
        System.arraycopy(original, to, bytes, from + piece.length, original.length - to);
        return bytes;
    }
}
