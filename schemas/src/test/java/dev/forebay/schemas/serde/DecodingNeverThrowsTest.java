package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.fuzz.Fuzz;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeded mutations of good bytes: each comes back as a record or a reason, at a bounded cost. */
class DecodingNeverThrowsTest {
    private static final int LONGEST_MESSAGE = 1000;

    @ParameterizedTest
    @CsvSource({"AVRO,1", "JSON,2"})
    void mutatedBytesAreARecordOrAReason(TopicFormat format, long seed) {
        MemoryRegistry registry = new MemoryRegistry();
        List<Codec<SpecificRecord>> codecs = new ArrayList<>();
        List<byte[]> encoded = new ArrayList<>();
        for (SpecificRecord example : GoldenFiles.examples().values()) {
            Codec<SpecificRecord> codec = GoldenFiles.codec(registry, example, format);
            byte[] bytes = codec.encode(example);
            assertThat(codec.decode(bytes)).isInstanceOf(Decoded.Good.class);
            codecs.add(codec);
            encoded.add(bytes);
        }
        Map<ReasonCode, Integer> reasons = new EnumMap<>(ReasonCode.class);
        AtomicInteger good = new AtomicInteger();

        Fuzz.run(seed, encoded, (example, bytes) -> {
            Decoded<SpecificRecord> decoded = codecs.get(example).decode(bytes);
            String message = decoded.fold(
                    record -> {
                        good.incrementAndGet();
                        return "";
                    },
                    bad -> {
                        reasons.merge(bad.code(), 1, Integer::sum);
                        return bad.message();
                    });
            if (message.length() > LONGEST_MESSAGE) {
                throw new AssertionError("a message of " + message.length() + " characters");
            }
        });

        assertThat(good).as("some mutations do no harm").hasValueBetween(1, Fuzz.MUTATIONS - 1);
        assertThat(reasons.keySet()).as("seed " + seed).containsAll(expected(format));
    }

    private static EnumSet<ReasonCode> expected(TopicFormat format) {
        return format == TopicFormat.AVRO
                ? EnumSet.of(ReasonCode.MALFORMED, ReasonCode.SCHEMA_UNKNOWN, ReasonCode.NOT_WIRE_FORMAT)
                : EnumSet.of(ReasonCode.MALFORMED, ReasonCode.FIELD_MISSING, ReasonCode.INVALID_UTF8);
    }
}
