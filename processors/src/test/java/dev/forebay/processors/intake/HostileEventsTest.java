package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that are made to cost much: each is answered within bounds of time and memory that its size explains. */
class HostileEventsTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 512L << 20;
    private static final int LARGEST = 16 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final String JSON =
            "format: json, text: /text, id: /id, attributes: {whole: '', x: /x}, task-from: {at: /kind, tasks: {a: triage},"
                    + " otherwise: digest}";
    private static final String EACH = "format: json, each: '', text: '', task: triage";
    private static final String CLOUD = "format: json, text: /text, cloudevents: true, task: triage";

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    static Stream<Arguments> events() {
        return Stream.of(
                arguments("arrays 10,000 deep", JSON, "[".repeat(10_000) + "]".repeat(10_000), ReasonCode.MALFORMED),
                arguments("arrays 8 million deep", JSON, "[".repeat(8 << 20), ReasonCode.MALFORMED),
                arguments("objects 10,000 deep", JSON, "{\"a\":".repeat(10_000), ReasonCode.MALFORMED),
                arguments("a text of 16 MB", JSON, text("x".repeat(LARGEST - 20)), ReasonCode.TEXT_TOO_LONG),
                arguments("escapes", JSON, text("\\u0041".repeat(2 << 20)), ReasonCode.TEXT_TOO_LONG),
                arguments("an id of 1 MB", JSON, "{\"id\":\"" + "x".repeat(1 << 20) + "\"}", ReasonCode.FIELD_MISSING),
                arguments("the same key twice", JSON, "{\"text\":\"a\",\"text\":\"b\"}", ReasonCode.MALFORMED),
                arguments("the same key below", JSON, "{\"x\":{\"a\":1,\"a\":1},\"text\":\"a\"}", ReasonCode.MALFORMED),
                arguments("400,000 keys", JSON, keys(400_000), ReasonCode.FIELD_MISSING),
                arguments("keys of one hash", JSON, keysOfOneHash(), ReasonCode.FIELD_MISSING),
                arguments("a key of 1 MB", JSON, "{\"" + "k".repeat(1 << 20) + "\":1}", ReasonCode.MALFORMED),
                arguments("a number of a million digits", JSON, "9".repeat(1_000_000), ReasonCode.MALFORMED),
                arguments("a number below", JSON, "{\"x\":1." + "9".repeat(1_000_000) + "}", ReasonCode.MALFORMED),
                arguments("a large exponent", JSON, "{\"x\":1e999999999}", ReasonCode.FIELD_MISSING),
                arguments("millions of numbers", JSON, elements("7", LARGEST / 2 - 1), ReasonCode.MALFORMED),
                arguments("millions of arrays", JSON, elements("[]", LARGEST / 3 - 1), ReasonCode.MALFORMED),
                arguments("900,000 objects", JSON, elements("{}", 450_000), ReasonCode.FIELD_MISSING),
                arguments("a million elements", EACH, elements("\"a\"", 1_000_000), ReasonCode.MALFORMED),
                arguments("900,000 elements", EACH, elements("\"a\"", 900_000), ReasonCode.RECORD_TOO_LARGE),
                arguments("1,001 elements", EACH, elements("\"a\"", 1_001), ReasonCode.RECORD_TOO_LARGE),
                arguments("base64 of 16 MB", CLOUD, cloudEvent("A".repeat(LARGEST - 100)), ReasonCode.MALFORMED),
                arguments(
                        "a row of a million fields",
                        "format: csv, columns: [a, b], text: a, task: triage",
                        ",".repeat(1_000_000),
                        ReasonCode.MALFORMED),
                arguments(
                        "a row of quotes",
                        "format: csv, columns: [a, b], text: a, task: triage",
                        "\"".repeat(LARGEST),
                        ReasonCode.MALFORMED),
                arguments(
                        "a template of a large text",
                        "format: json, template: '" + "{/text}".repeat(1_000) + "', task: triage",
                        text("x".repeat(8 << 20)),
                        ReasonCode.TEXT_TOO_LONG));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void costlyEventIsAnsweredWithinBounds(String name, String source, String event, ReasonCode code) {
        assertThat(codes(source, bytes(event))).containsExactly(code);
    }

    @Test
    void recordAboveTheLimitIsNotEvenRead() {
        byte[] value = new byte[100 << 20];
        Arrays.fill(value, (byte) 'x');
        value[0] = '"';

        long before = THREADS.getCurrentThreadAllocatedBytes();

        assertThat(codes(JSON, value)).containsExactly(ReasonCode.RECORD_TOO_LARGE);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(value.length);
    }

    @Test
    void elementsThatShareALargeAttributeAreRefusedTogether() {
        String event = "{\"shared\":\"" + "x".repeat(1 << 20) + "\",\"list\":" + elements("\"a\"", 1_000) + "}";

        assertThat(codes(
                        "format: json, each: /list, text: '', of-event: {shared: /shared}, task: triage", bytes(event)))
                .containsExactly(ReasonCode.RECORD_TOO_LARGE);
    }

    /** A schema that contains itself: Avro reads it by recursion, and prints it by recursion. */
    @Test
    void avroThatIsNestedDeepIsReadOrRefused() {
        Schema node = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"text\",\"type\":\"string\"},"
                        + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"],\"default\":null}]}");
        GenericRecord leaf = new GenericData.Record(node);
        leaf.put("text", "a");
        byte[] framed = WireBytes.of(registry, "nodes-value", leaf);
        byte[] head = Arrays.copyOf(framed, 5);
        for (int depth : new int[] {10, 100, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 20_000, 100_000}) {
            byte[] value = Arrays.copyOf(head, 5 + 3 * depth);
            for (int i = 0; i < depth; i++) {
                // a text of one char, then the branch of the union: the next node, or null at the end
                value[5 + 3 * i] = 2;
                value[6 + 3 * i] = 'a';
                value[7 + 3 * i] = (byte) (i == depth - 1 ? 0 : 2);
            }
            List<ReasonCode> codes = codes("format: avro, text: text, attributes: {next: next}, task: triage", value);
            assertThat(codes).as("depth %d", depth).isSubsetOf(ReasonCode.MALFORMED);
        }
    }

    private List<ReasonCode> codes(String source, byte[] value) {
        Intake intake = Intakes.within("max-record-bytes: 16 MiB, ", "{topic: events, " + source + "}", codecs);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        Taken taken = intake.take(
                source.equals(CLOUD)
                        ? Events.of(value, "content-type", "application/cloudevents+json")
                        : Events.of(value),
                NOW);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
        return taken.admissions()
                .flatMap(admission -> admission.<Stream<ReasonCode>>fold(
                        admitted -> Stream.of(),
                        refused -> Stream.of(refused.reason().code())))
                .toList();
    }

    private static String text(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    private static String elements(String element, int count) {
        return "[" + (element + ",").repeat(count - 1) + element + "]";
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder("{\"k\":1");
        for (int i = 0; i < count; i++) {
            keys.append(",\"").append(i).append("\":1");
        }
        return keys.append('}').toString();
    }

    /** "Aa" and "BB" have the same hash, and so have all that are put together of them. */
    private static String keysOfOneHash() {
        StringBuilder keys = new StringBuilder("{\"k\":1");
        for (int i = 0; i < 1 << 18; i++) {
            keys.append(",\"");
            for (int bit = 0; bit < 18; bit++) {
                keys.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.append("\":1");
        }
        return keys.append('}').toString();
    }

    private static String cloudEvent(String base64) {
        byte[] envelope = ("{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"b\",\"type\":\"c\",\"data_base64\":\""
                        + base64 + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return new String(envelope, StandardCharsets.UTF_8);
    }
}
