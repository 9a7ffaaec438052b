package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventMappingTest {
    /** In every payload of the tables; no message may repeat it. */
    private static final String SECRET = "Kowalczyk";

    private static final Schema EVENT = SchemaBuilder.record("Ticket")
            .fields()
            .name("message")
            .type(SchemaBuilder.record("Message")
                    .fields()
                    .optionalString("body")
                    .requiredInt("size")
                    .endRecord())
            .noDefault()
            .name("tags")
            .type(Schema.createMap(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .endRecord();

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    static Stream<Arguments> badJson() {
        return Stream.of(
                arguments("null value", null, ReasonCode.NULL_VALUE, "no value"),
                arguments("no bytes", "", ReasonCode.EMPTY_TEXT, "no bytes"),
                arguments("white space", "  ", ReasonCode.MALFORMED, "white space"),
                arguments("cut", "{\"text\": \"Kowalczyk", ReasonCode.MALFORMED, "ends too early at line 1, column"),
                arguments("cut in a number", "{\"text\": -", ReasonCode.MALFORMED, "line 1, column"),
                arguments("not JSON", "Kowalczyk", ReasonCode.MALFORMED, "unexpected character at line 1, column"),
                arguments("two values", "{\"text\":\"a\"} {\"Kowalczyk\":1}", ReasonCode.MALFORMED, "more follows"),
                arguments("same key twice", "{\"Kowalczyk\":1,\"Kowalczyk\":2}", ReasonCode.MALFORMED, "twice"),
                arguments("too deep", "[".repeat(65) + "]".repeat(65), ReasonCode.MALFORMED, "64 levels"),
                arguments("field absent", "{\"Kowalczyk\": 1}", ReasonCode.FIELD_MISSING, "'/text' is not there"),
                arguments("an array", "[\"Kowalczyk\"]", ReasonCode.FIELD_MISSING, "'/text' is not there"),
                arguments("null text", "{\"text\": null}", ReasonCode.FIELD_MISSING, "'/text' is null"),
                arguments("a number", "{\"text\": 4711}", ReasonCode.FIELD_MISSING, "'/text' is a number"),
                arguments("an object", "{\"text\": {\"a\":1}}", ReasonCode.FIELD_MISSING, "'/text' is an object"),
                arguments("empty text", "{\"text\": \"\"}", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments(
                        "blank text", "{\"text\": \" \\n\\u00a0\\u200b\"}", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments("half a pair", "{\"text\": \"a\\ud83d\"}", ReasonCode.INVALID_UTF8, "surrogate"),
                arguments(
                        "1 MB",
                        "{\"text\": \"" + "Kowalczyk ".repeat(100_000) + "\"}",
                        ReasonCode.TEXT_TOO_LONG,
                        "1000000"),
                arguments("3 MB", "\"" + "x".repeat(3 << 20) + "\"", ReasonCode.RECORD_TOO_LARGE, "3145730 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badJson")
    void jsonThatCannotBecomeARequestIsRefusedWithItsReason(
            String name, @Nullable String value, ReasonCode code, String message) {
        assertRefused(json(), value == null ? null : bytes(value), code, message);
    }

    static Stream<Arguments> badCsv() {
        return Stream.of(
                arguments("null value", null, ReasonCode.NULL_VALUE, "no value"),
                arguments("no bytes", "", ReasonCode.EMPTY_TEXT, "no bytes"),
                arguments("an empty line", "\n", ReasonCode.MALFORMED, "1 fields where 3 columns"),
                arguments(
                        "too few fields",
                        "7,Kowalczyk",
                        ReasonCode.MALFORMED,
                        "2 fields where 3 columns are configured (id, text, label)"),
                arguments("too many fields", "7,Kowalczyk,a,b", ReasonCode.MALFORMED, "4 fields where 3 columns"),
                arguments("unclosed quote", "7,\"Kowalczyk,a", ReasonCode.MALFORMED, "opened and not closed"),
                arguments("unclosed at the end", "7,Kowalczyk,\"", ReasonCode.MALFORMED, "opened and not closed"),
                arguments("doubled and unclosed", "7,a,\"\"\"", ReasonCode.MALFORMED, "opened and not closed"),
                arguments("text after a quote", "7,\"Kowalczyk\"b,c", ReasonCode.MALFORMED, "after a closing quote"),
                arguments("two rows", "7,a,b\n8,Kowalczyk,d", ReasonCode.MALFORMED, "more than one row"),
                arguments("empty text", "7,,b", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments("empty quoted text", "7,\"\",b", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments("1 MB", "7," + "x".repeat(1_000_000) + ",b", ReasonCode.TEXT_TOO_LONG, "1000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCsv")
    void csvThatCannotBecomeARequestIsRefusedWithItsReason(
            String name, @Nullable String value, ReasonCode code, String message) {
        assertRefused(csv(), value == null ? null : bytes(value), code, message);
    }

    static Stream<Arguments> badText() {
        return Stream.of(
                arguments("null value", null, ReasonCode.NULL_VALUE, "no value"),
                arguments("no bytes", "", ReasonCode.EMPTY_TEXT, "no bytes"),
                arguments("blank", " \t\u2003", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments("only a byte order mark", "\uFEFF", ReasonCode.EMPTY_TEXT, "white space only"),
                arguments("too long", "x".repeat(100_001), ReasonCode.TEXT_TOO_LONG, "100001 characters"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badText")
    void textThatCannotBecomeARequestIsRefusedWithItsReason(
            String name, @Nullable String value, ReasonCode code, String message) {
        assertRefused(text(), value == null ? null : bytes(value), code, message);
    }

    @Test
    void invalidUtf8IsRefusedInEveryTextualFormat() {
        byte[] broken = bytes("7,{\"text\":\"?\"},b");
        broken[broken.length / 2] = (byte) 0xC3;

        for (Intake intake : List.of(json(), csv(), text(), requests(TopicFormat.JSON))) {
            assertRefused(intake, broken, ReasonCode.INVALID_UTF8, "not UTF-8");
        }
    }

    @Test
    void halfASurrogatePairInTheIdOrAnAttributeIsRefusedBecauseNoFormatCouldCarryItOn() {
        for (String event : List.of(
                "{\"text\":\"a\",\"id\":\"\\ud83d\"}",
                "{\"text\":\"a\",\"customer\":\"\\udcb3\"}",
                "{\"text\":\"a\",\"customer\":[\"\\ud83d\"]}")) {
            assertRefused(json(), bytes(event), ReasonCode.INVALID_UTF8, "surrogate");
        }
    }

    @Test
    void textMayHoldTheReplacementCharacter() {
        assertThat(admitted(text(), Events.of("a \uFFFD b")).getText()).isEqualTo("a \uFFFD b");
    }

    @Test
    void avroThatCannotBecomeARequestIsRefusedWithItsReason() {
        byte[] good = ticket("Where is my card?");
        byte[] unknownSchema = good.clone();
        unknownSchema[3] = 99;
        byte[] cut = Arrays.copyOf(good, good.length - 3);

        assertRefused(avro(), null, ReasonCode.NULL_VALUE, "no value");
        assertRefused(avro(), new byte[0], ReasonCode.EMPTY_TEXT, "no bytes");
        assertRefused(avro(), bytes("Kowalczyk!"), ReasonCode.NOT_WIRE_FORMAT, "");
        assertRefused(avro(), unknownSchema, ReasonCode.SCHEMA_UNKNOWN, "");
        assertRefused(avro(), cut, ReasonCode.MALFORMED, "");
        assertRefused(avro(), ticket(null), ReasonCode.FIELD_MISSING, "'message.body' is null");
        assertRefused(avro("message.subject"), good, ReasonCode.FIELD_MISSING, "'message.subject' is not there");
        assertRefused(avro("message.body.html"), good, ReasonCode.FIELD_MISSING, "is not there");
        assertRefused(avro("message.size"), good, ReasonCode.FIELD_MISSING, "'message.size' is a number");
        assertRefused(avro("message"), good, ReasonCode.FIELD_MISSING, "'message' is an object");
        assertRefused(avro(), ticket(" "), ReasonCode.EMPTY_TEXT, "white space only");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readyMadeRequestsAreCheckedAndCompleted(TopicFormat encoding) {
        Request bare =
                new Request("", "triage", " ", "Hello", Map.of("line", "own"), Lane.BULK, NOW.plusSeconds(9), null);

        Request request = admitted(
                requests(encoding), Events.of(encoded(encoding, bare), Headers.LINE, "3", Headers.FILE, "a.csv"));

        assertThat(request.getRequestId()).isEqualTo("events-2-41");
        assertThat(request.getTenant()).isEqualTo("default");
        assertThat(request.getIssuedAt()).as("never after the record").isEqualTo(STAMP);
        assertThat(request.getAttributes()).containsExactlyInAnyOrderEntriesOf(Map.of("line", "own", "file", "a.csv"));
        assertThat(request.getLane()).isEqualTo(Lane.BULK);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readyMadeRequestsAreRefusedUnderTheirOwnName(TopicFormat encoding) {
        Request misspelt = new Request("r-9", "triaeg", "acme", SECRET, Map.of("a", "b"), Lane.LIVE, STAMP, null);
        Request expired = new Request("r-9", "triage", "acme", SECRET, Map.of("a", "b"), Lane.LIVE, STAMP, NOW);

        Admission.Refused unknown =
                assertRefused(requests(encoding), encoded(encoding, misspelt), ReasonCode.UNKNOWN_TASK, "mean triage?");
        assertRefused(requests(encoding), encoded(encoding, expired), ReasonCode.EXPIRED, "2026-11-24T12:00:00Z");
        assertRefused(
                requests(encoding),
                new byte[] {7},
                encoding == TopicFormat.AVRO ? ReasonCode.NOT_WIRE_FORMAT : ReasonCode.MALFORMED,
                "");

        assertThat(unknown.envelope()).isEqualTo(new Envelope("r-9", "triaeg", "acme", Map.of("a", "b"), STAMP));
    }

    /** Results of digests are told by this attribute, and no digest is made of digests. */
    @ParameterizedTest
    @MethodSource("encodings")
    void readyMadeRequestCannotPassForADigest(TopicFormat encoding) {
        Request posing =
                new Request("r-9", "triage", "acme", "Hello", Map.of("digest", "complaints"), Lane.LIVE, STAMP, null);

        assertRefused(requests(encoding), encoded(encoding, posing), ReasonCode.INVALID_REQUEST, "attribute digest");
    }

    static List<TopicFormat> encodings() {
        return List.of(TopicFormat.values());
    }

    @Test
    void jsonFieldsAreFoundByPointer() {
        Event event = Events.of(
                """
                {"text": "Où est ma carte? \\ud83d\\udcb3", "meta": {"n": 7, "a/b": true, "list": [1, {"x": null}]},
                 "none": null}""");
        Intake intake = intake(
                """
                format: json, text: /text, id: /meta/n, attributes:
                {n: /meta/n, slash: /meta/a~1b, list: /meta/list, first: /meta/list/0, "null": /none, gone: /gone,
                 "no index": /meta/list/00, beyond: /meta/list/2, name: /meta/list/x}""");

        Request request = admitted(intake, event);

        assertThat(request.getText()).isEqualTo("Où est ma carte? 💳");
        assertThat(request.getRequestId()).isEqualTo("7");
        assertThat(request.getAttributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("n", "7", "slash", "true", "list", "[1,{\"x\":null}]", "first", "1"));
    }

    @Test
    void wholeJsonValueCanBeTheText() {
        Intake whole = intake("format: json, text: ''");

        assertThat(admitted(whole, Events.of("\uFEFF \"Hello\" ")).getText()).isEqualTo("Hello");
    }

    @Test
    void csvFieldsAreFoundByColumn() {
        Request request = admitted(csv(), Events.of("7,\"I said \"\"no\"\",\r\ntwice\",card\r\n"));

        assertThat(request.getText()).isEqualTo("I said \"no\",\r\ntwice");
        assertThat(request.getRequestId()).isEqualTo("7");
        assertThat(request.getAttributes()).containsExactly(Map.entry("category", "card"));
    }

    @Test
    void quoteInsideAnUnquotedFieldIsText() {
        assertThat(admitted(csv(), Events.of("7,a 5\" pipe,b")).getText()).isEqualTo("a 5\" pipe");
    }

    @Test
    void avroFieldsAreFoundThroughRecordsAndMaps() {
        Request request = admitted(avro(), Events.of(ticket("Where is my card?")));

        assertThat(request.getText()).isEqualTo("Where is my card?");
        assertThat(request.getRequestId()).isEqualTo("17");
        assertThat(request.getAttributes()).containsExactly(Map.entry("customer", "c-1"));
    }

    @Test
    void requestIsNamedByFieldThenHeaderThenPosition() {
        Event withHeader = Events.of("{\"text\":\"a\",\"id\":\"f-1\"}", Headers.REQUEST_ID, "h-1");
        Event withoutField = Events.of("{\"text\":\"a\"}", Headers.REQUEST_ID, "h-1");
        Event blankField = Events.of("{\"text\":\"a\",\"id\":\" \"}", Headers.REQUEST_ID, " ");
        Event listField = Events.of("{\"text\":\"a\",\"id\":[1]}");

        assertThat(admitted(json(), withHeader).getRequestId()).isEqualTo("f-1");
        assertThat(admitted(json(), withoutField).getRequestId()).isEqualTo("h-1");
        assertThat(admitted(json(), blankField).getRequestId()).isEqualTo("events-2-41");
        assertThat(admitted(json(), listField).getRequestId()).isEqualTo("events-2-41");
    }

    @Test
    void eventWithoutTextStillTellsItsIdAndAttributes() {
        Admission.Refused refused = assertRefused(
                json(), bytes("{\"id\":\"f-1\",\"customer\":\"c-1\"}"), ReasonCode.FIELD_MISSING, "/text");

        assertThat(refused.envelope().requestId()).isEqualTo("f-1");
        assertThat(refused.envelope().attributes()).containsEntry("customer", "c-1");
    }

    @Test
    void requestCarriesWhatItsSourceSays() {
        Intake intake = intake("format: text, tenant: acme, lane: bulk, expires-after: 1 h");

        Request request = admitted(
                intake, Events.of("Hello", Headers.LINE, "12", Headers.RECORD, "11", Headers.FILE, "a.txt", "x", "y"));

        assertThat(request)
                .isEqualTo(new Request(
                        "events-2-41",
                        "triage",
                        "acme",
                        "Hello",
                        Map.of("line", "12", "record", "11", "file", "a.txt"),
                        Lane.BULK,
                        STAMP,
                        STAMP.plusSeconds(3600)));
    }

    @Test
    void recordOfTheFutureIsIssuedNow() {
        Event event = Events.at(NOW.plusSeconds(86_400), bytes("Hello"));

        assertThat(admitted(text(), event).getIssuedAt()).isEqualTo(NOW);
    }

    @Test
    void recordThatItsArchiveCutIsTooLargeWhateverIsLeftOfIt() {
        byte[] half = {(byte) 0xC3};

        for (Intake intake : List.of(json(), csv(), text(), avro(), requests(TopicFormat.AVRO))) {
            for (byte[] value : new byte[][] {null, half, {}}) {
                Admission admission = Intakes.only(intake.take(Events.of(value, Headers.OVERSIZE, "5000000"), NOW));
                assertThat(reason(admission).reason().code()).isEqualTo(ReasonCode.RECORD_TOO_LARGE);
                assertThat(reason(admission).reason().message()).contains("5000000 bytes");
            }
        }
    }

    private Intake json() {
        return intake("format: json, text: /text, id: /id, attributes: {customer: /customer}");
    }

    private Intake csv() {
        return intake("format: csv, columns: [id, text, label], text: text, id: id, attributes: {category: label}");
    }

    private Intake text() {
        return intake("format: text");
    }

    private Intake avro() {
        return avro("message.body");
    }

    private Intake avro(String text) {
        return intake("format: avro, text: " + text + ", id: message.size, attributes: {customer: tags.customer}");
    }

    private Intake requests(TopicFormat encoding) {
        return Intakes.within(
                "",
                "{topic: events, format: request, encoding: " + (encoding == TopicFormat.AVRO ? "avro" : "json") + "}",
                codecs);
    }

    private Intake intake(String source) {
        return Intakes.of(source, codecs);
    }

    private Codec<Request> codec(TopicFormat encoding) {
        return codecs.of(new Topics.Topic("requests", encoding), Request.class);
    }

    private byte[] encoded(TopicFormat encoding, Request request) {
        return codec(encoding).encode(request);
    }

    private byte[] ticket(@Nullable String body) {
        GenericData.Record message =
                new GenericData.Record(EVENT.getField("message").schema());
        message.put("body", body);
        message.put("size", 17);
        GenericData.Record ticket = new GenericData.Record(EVENT);
        ticket.put("message", message);
        ticket.put("tags", new HashMap<>(Map.of("customer", "c-1")));
        return WireBytes.of(registry, "tickets-value", ticket);
    }

    private static Request admitted(Intake intake, Event event) {
        return Intakes.only(intake.take(event, NOW)).fold(Admission.Admitted::request, refused -> {
            throw new AssertionError(refused.reason());
        });
    }

    private static Admission.Refused reason(Admission admission) {
        return admission.fold(
                admitted -> {
                    throw new AssertionError("admitted");
                },
                refused -> refused);
    }

    private static Admission.Refused assertRefused(
            Intake intake, byte @Nullable [] value, ReasonCode code, String message) {
        Admission.Refused refused = reason(Intakes.only(intake.take(Events.of(value), NOW)));
        assertThat(refused.reason().code()).isEqualTo(code);
        assertThat(refused.reason().message()).contains(message).doesNotContain(SECRET);
        return refused;
    }
}
