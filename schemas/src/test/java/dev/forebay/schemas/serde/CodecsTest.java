package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);
    private final Codec<Request> requests = codecs.of(topic(TopicFormat.AVRO), Request.class);

    static Stream<Arguments> everyRecordInEveryFormat() {
        List<SpecificRecord> records = List.of(
                Records.request(),
                Records.result(Records.classification()),
                Records.result(Records.embedding()),
                Records.result(Records.summary()),
                Records.result(Records.generation()),
                Records.rejection(),
                Records.deadLetter());
        return Stream.of(TopicFormat.values())
                .flatMap(format -> records.stream().map(record -> Arguments.of(format, record)));
    }

    @ParameterizedTest
    @MethodSource("everyRecordInEveryFormat")
    void everyRecordComesBackAsItWas(TopicFormat format, SpecificRecord record) {
        assertThat(roundTrip(codecs.of(topic(format), record.getClass()), record))
                .isEqualTo(record);
    }

    @ParameterizedTest
    @EnumSource(TopicFormat.class)
    void aNullValueIsNamedSo(TopicFormat format) {
        assertBad(codecs.of(topic(format), Request.class).decode(null), ReasonCode.NULL_VALUE, "no value");
    }

    @Test
    void bytesWithoutTheHeaderAreNotWireFormat() {
        assertBad(requests.decode(new byte[] {0, 0, 0, 1}), ReasonCode.NOT_WIRE_FORMAT, "4 bytes");
        assertBad(requests.decode(new byte[] {0x7b, 1, 2, 3, 4, 5}), ReasonCode.NOT_WIRE_FORMAT, "0x7b");
    }

    @Test
    void anUnknownIdIsNotAnOutage() {
        byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(77).array();

        assertBad(requests.decode(bytes), ReasonCode.SCHEMA_UNKNOWN, "id 77");

        registry.down();
        assertThatThrownBy(() -> requests.decode(bytes)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aKnownSchemaIsReadWhileTheRegistryIsDown() {
        byte[] bytes = requests.encode(Records.request());
        requests.decode(bytes);

        registry.down();

        assertThat(requests.decode(bytes)).isEqualTo(new Decoded.Good<>(Records.request()));
        assertThat(requests.encode(Records.request())).isEqualTo(bytes);
    }

    @Test
    void bytesOfTheSameSchemaGoOnAsTheyCame() {
        byte[] bytes = requests.encode(Records.request());

        assertThat(requests.encode(Records.request(), bytes)).isSameAs(bytes);
    }

    @ParameterizedTest
    @EnumSource(TopicFormat.class)
    void bytesOfAnotherSchemaOrFormatAreWrittenAnew(TopicFormat format) {
        Codec<Request> codec = codecs.of(topic(format), Request.class);
        byte[] written = codec.encode(Records.request());
        byte[] other = written.clone();
        other[4]++;

        assertThat(codec.encode(Records.request(), other)).isEqualTo(written);
        assertThat(codec.encode(Records.request(), new byte[0])).isEqualTo(written);
    }

    @Test
    void bytesLeftOverAreMalformed() {
        byte[] bytes = requests.encode(Records.request());

        assertBad(
                requests.decode(Arrays.copyOf(bytes, bytes.length + 1)), ReasonCode.MALFORMED, "left after the record");
        assertBad(requests.decode(Arrays.copyOf(bytes, bytes.length - 1)), ReasonCode.MALFORMED, "end before");
    }

    @Test
    void anotherRecordIsMalformedAndNamed() {
        Codec<Rejection> rejections = codecs.of(topic(TopicFormat.AVRO), Rejection.class);

        assertBad(requests.decode(rejections.encode(Records.rejection())), ReasonCode.MALFORMED, "Rejection");
    }

    @Test
    void theSchemaOnTheWireHasNoHintsForJava() {
        requests.encode(Records.request());

        assertThat(registry.latest("t-value").orElseThrow().toString())
                .doesNotContain("avro.java.string")
                .contains("timestamp-millis", "\"doc\"");
    }

    @Test
    void foreignAvroIsReadAsItWasWritten() {
        byte[] bytes = codecs.of(topic(TopicFormat.AVRO), DeadLetter.class).encode(Records.deadLetter());

        GenericRecord record = good(codecs.generic(bytes));

        assertThat(record.get("topic")).hasToString("forebay.events");
        assertThat(record.get("timestamp"))
                .isEqualTo(Records.deadLetter().getTimestamp().toEpochMilli());
    }

    private static <T extends SpecificRecord> SpecificRecord roundTrip(Codec<T> codec, SpecificRecord record) {
        // the codec was made for the record's own class
        @SuppressWarnings("unchecked")
        T value = (T) record;
        return good(codec.decode(codec.encode(value)));
    }

    static <T> T good(Decoded<T> decoded) {
        return decoded.fold(Decoded.Good::value, bad -> {
            throw new AssertionError(bad.toString());
        });
    }

    static void assertBad(Decoded<?> decoded, ReasonCode code, String part) {
        assertThat(decoded).isInstanceOf(Decoded.Bad.class);
        Decoded.Bad<?> bad = (Decoded.Bad<?>) decoded;
        assertThat(bad.code()).as(bad.message()).isEqualTo(code);
        assertThat(bad.message()).contains(part);
    }

    static Topics.Topic topic(TopicFormat format) {
        return new Topics.Topic("t", format);
    }
}
