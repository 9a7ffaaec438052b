package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small bytes that would cost much, one test per trick. */
@Timeout(20)
class HostileBytesTest {
    private static final long FEW_BYTES = 8 << 20;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);
    private final Codec<Request> requests = codecs.of(CodecsTest.topic(TopicFormat.AVRO), Request.class);

    @Test
    void millionsOfNullsInSixBytesAreRefused() throws IOException {
        int id = foreign("{'type':'array','items':'null'}");

        assertRefusedCheaply(() -> codecs.generic(framed(id, HostileBytesTest::writeNulls)));
    }

    @Test
    void nullsThatWouldOnlyBeSkippedAreRefused() throws IOException {
        String ours = WriterSchema.of(Request.getClassSchema()).toString();
        Schema withNulls = new Schema.Parser()
                .parse(ours.replace(
                        "\"fields\":[",
                        "\"fields\":[{\"name\":\"n\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},"));
        int id = registry.idOf("any", withNulls);

        byte[] request = requests.encode(Records.request());
        assertRefusedCheaply(() -> requests.decode(framed(id, out -> {
            writeNulls(out);
            out.writeFixed(request, WireFormat.HEADER_BYTES, request.length - WireFormat.HEADER_BYTES);
        })));
    }

    @Test
    void aLongTextThatIsNotThereIsNotAllocated() throws IOException {
        int id = foreign("'string'");

        assertRefusedCheaply(() -> codecs.generic(framed(id, out -> out.writeLong(1_900_000_000))));
        assertRefusedCheaply(() -> codecs.generic(framed(id, out -> out.writeLong(-5))));
    }

    @Test
    void aListWithoutEndIsAReasonAndNoStackOverflow() throws IOException {
        int id = registry.idOf(
                "any",
                new Schema.Parser()
                        .parse(
                                "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}"));
        byte[] bytes = framed(id, out -> {
            for (int i = 0; i < 1_000_000; i++) {
                out.writeIndex(1);
            }
        });

        assertThat(codecs.generic(bytes)).isInstanceOf(Decoded.Bad.class);
        // and the thread is as good as before
        byte[] good = framed(id, out -> out.writeIndex(0));
        assertThat(codecs.generic(good)).isInstanceOf(Decoded.Good.class);
    }

    @Test
    void aSchemaThatIsNoRecordIsNamed() throws IOException {
        int id = registry.idOf("any", new Schema.Parser().parse("\"string\""));

        CodecsTest.assertBad(
                codecs.generic(framed(id, out -> out.writeString("x"))), ReasonCode.MALFORMED, "string, not a record");
    }

    @Test
    void aValueAboveTheBoundIsNotRead() {
        byte[] large = new byte[Bounds.MAX_BYTES + 1];

        CodecsTest.assertBad(requests.decode(large), ReasonCode.MALFORMED, large.length + " bytes");
        CodecsTest.assertBad(json().decode(large), ReasonCode.MALFORMED, large.length + " bytes");
    }

    @Test
    void deepJsonIsRefused() {
        String deep = "{\"attributes\":" + "[".repeat(100_000);

        assertThat(json().decode(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Bad.class);
        assertThat(codecs.of(CodecsTest.topic(TopicFormat.JSON), Result.class)
                        .decode(("{\"outcome\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Decoded.Bad.class);
        CodecsTest.assertBad(
                codecs.of(CodecsTest.topic(TopicFormat.JSON), Result.class)
                        .decode(("{\"outcome\":{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)),
                ReasonCode.MALFORMED,
                "depth 64");
    }

    @Test
    void utf16IsNotTakenForJson() {
        byte[] utf16 = "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16LE);

        CodecsTest.assertBad(json().decode(utf16), ReasonCode.INVALID_UTF8, "byte 1");
    }

    private Codec<Request> json() {
        return codecs.of(CodecsTest.topic(TopicFormat.JSON), Request.class);
    }

    /** The id of a record with one field of this type. */
    private int foreign(String type) {
        return registry.idOf(
                "any",
                new Schema.Parser()
                        .parse(("{'type':'record','name':'F','fields':[{'name':'f','type':" + type + "}]}")
                                .replace('\'', '"')));
    }

    private static byte[] framed(int id, Datum datum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(id));
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        datum.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }

    /** Well-formed, and within what Avro itself allows on a heap of 1 GiB. */
    private static void writeNulls(BinaryEncoder out) throws IOException {
        out.writeLong(20_000_000);
        out.writeLong(0);
    }

    private static void assertRefusedCheaply(Decoding decoding) throws IOException {
        decoding.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Decoded<?> decoded = decoding.run();

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_BYTES);
        assertThat(decoded).isInstanceOf(Decoded.Bad.class);
        assertThat(((Decoded.Bad<?>) decoded).code()).isEqualTo(ReasonCode.MALFORMED);
    }

    /** Writes a datum that claims more than it holds. */
    private interface Datum {
        void writeTo(BinaryEncoder out) throws IOException;
    }

    /** One decoding of it. */
    private interface Decoding {
        Decoded<?> run() throws IOException;
    }
}
