package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {
    private static final String JSON = "format: json, text: /text, cloudevents: true";
    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @Test
    void binaryEventHasItsContextInHeaders() {
        Event event = binary(
                "{\"text\":\"Hello\"}",
                "ce_subject",
                "orders/7",
                "ce_time",
                "2026-11-24T12:50:00.1234567+01:00",
                "content-type",
                "application/json");

        Request request = admitted(JSON, event);

        assertThat(request.getText()).isEqualTo("Hello");
        assertThat(request.getRequestId()).isEqualTo("/shop|e-1");
        assertThat(request.getAttributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("ce_type", "com.example.note", "ce_source", "/shop", "ce_subject", "orders/7"));
        assertThat(request.getIssuedAt()).isEqualTo(Instant.parse("2026-11-24T11:50:00.123Z"));
    }

    @Test
    void structuredEventHasItsContextInItsValue() {
        Event event = structured(
                "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"t\",\"subject\":null,\"more\":7,"
                        + "\"time\":\"2026-11-24t10:00:00z\",\"data\":{\"text\":\"Hello\"}}");

        Request request = admitted(JSON + ", expires-after: 5 h", event);

        assertThat(request.getText()).isEqualTo("Hello");
        assertThat(request.getRequestId()).isEqualTo("/shop|e-1");
        assertThat(request.getAttributes()).isEqualTo(Map.of("ce_type", "t", "ce_source", "/shop"));
        assertThat(request.getIssuedAt()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
        assertThat(request.getExpiresAt()).isEqualTo(Instant.parse("2026-11-24T15:00:00Z"));
    }

    @Test
    void dataOfEveryFormatAreFoundInAStructuredEvent() {
        String base64 = Base64.getEncoder().encodeToString("{\"text\":\"Grüße\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(admitted(JSON, structured(envelope("\"data_base64\":\"" + base64 + "\"")))
                        .getText())
                .isEqualTo("Grüße");
        assertThat(admitted("format: text, cloudevents: true", structured(envelope("\"data\":\"Grüße\"")))
                        .getText())
                .isEqualTo("Grüße");
        assertThat(admitted(
                                "format: csv, columns: [a, text], text: text, cloudevents: true",
                                structured(envelope("\"data\":\"1,\\\"a, b\\\"\"")))
                        .getText())
                .isEqualTo("a, b");
    }

    @Test
    void eventIsNamedByPlaceThenHeaderThenContext() {
        String withId = JSON + ", id: /id";

        assertThat(admitted(withId, binary("{\"text\":\"a\",\"id\":\"own\"}", "forebay-request-id", "h"))
                        .getRequestId())
                .isEqualTo("own");
        assertThat(admitted(withId, binary("{\"text\":\"a\"}", "forebay-request-id", "h"))
                        .getRequestId())
                .isEqualTo("h");
        assertThat(admitted(withId, binary("{\"text\":\"a\"}")).getRequestId()).isEqualTo("/shop|e-1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T13:00:00Z, 2026-11-24T11:59:00Z",
        "9999-12-31T23:59:59Z, 2026-11-24T11:59:00Z",
        "1969-07-20T20:17:40Z, 1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z"
    })
    void timeIsBoundedByTheRecordAndTheEpoch(String time, Instant issuedAt) {
        assertThat(admitted(JSON, binary("{\"text\":\"a\"}", "ce_time", time)).getIssuedAt())
                .isEqualTo(issuedAt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "",
                "2026-11-24",
                "2026-11-24T12:00:00",
                "+999999999-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00+18:00",
                "2026-13-01T00:00:00Z"
            })
    void timeThatIsNoneIsMalformed(String time) {
        Admission.Refused refused = refused(JSON, binary("{\"text\":\"a\"}", "ce_time", time));

        assertThat(refused.reason().code()).isEqualTo(ReasonCode.MALFORMED);
        assertThat(refused.reason().message()).contains("attribute time");
    }

    static Stream<Arguments> badContexts() {
        return Stream.of(
                arguments("{}", "specversion"),
                arguments("[]", "specversion"),
                arguments("7", "specversion"),
                arguments("{\"specversion\":1.0}", "specversion"),
                arguments(
                        "{\"specversion\":\"0.3\",\"id\":\"a\",\"source\":\"b\",\"type\":\"c\"}",
                        "specversion is not 1.0"),
                arguments("{\"specversion\":\"1.0\",\"source\":\"b\",\"type\":\"c\"}", "id is missing"),
                arguments("{\"specversion\":\"1.0\",\"id\":7,\"source\":\"b\",\"type\":\"c\"}", "id"),
                arguments("{\"specversion\":\"1.0\",\"id\":\"\\ud83d\",\"source\":\"b\",\"type\":\"c\"}", "id"),
                arguments("{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"\",\"type\":\"c\"}", "source"),
                arguments(
                        "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"b|c\",\"type\":\"c\"}", "source has a bar"),
                arguments("{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"b\"}", "type"),
                arguments(envelope("\"subject\":\"\""), "subject"),
                arguments(envelope("\"time\":7"), "time"),
                arguments(envelope("\"data\":{},\"data_base64\":\"\""), "data_base64"),
                arguments(envelope("\"data_base64\":\"?\""), "data_base64"),
                arguments(envelope("\"data_base64\":[]"), "data_base64"),
                arguments("{", "ends too early"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badContexts")
    void envelopeThatIsNoneIsMalformedWithItsAttributeNamed(String value, String message) {
        Admission.Refused refused = refused(JSON, structured(value));

        assertThat(refused.reason().code()).isEqualTo(ReasonCode.MALFORMED);
        assertThat(refused.reason().message()).contains(message);
    }

    @Test
    void eventWithoutAContextAndOneOfAnotherFormatAreMalformed() {
        Event bare = Events.of("{\"text\":\"a\"}");
        Event ofAvro = Events.of("{}", "content-type", "application/cloudevents+avro");
        Event batch = Events.of("[]", "content-type", "Application/CloudEvents-Batch+JSON");
        Event object = structured(envelope("\"data\":{}"));

        assertThat(refused(JSON, bare).reason().message()).contains("specversion is missing");
        assertThat(refused(JSON, ofAvro).reason().message()).contains("content-type");
        assertThat(refused(JSON, batch).reason().message()).contains("content-type");
        assertThat(refused("format: text, cloudevents: true", object).reason().message())
                .contains("data is an object");
        assertThat(refused(JSON, structured(envelope("\"x\":1"))).reason().code())
                .as("an event without data")
                .isEqualTo(ReasonCode.FIELD_MISSING);
    }

    @Test
    void refusalOfBadDataNamesTheEvent() {
        Admission.Refused refused = refused(JSON, binary("{"));

        assertThat(refused.reason().code()).isEqualTo(ReasonCode.MALFORMED);
        assertThat(refused.envelope().requestId()).isEqualTo("/shop|e-1");
        assertThat(refused.envelope().attributes()).containsEntry("ce_source", "/shop");
        assertThat(refused.envelope().issuedAt()).isEqualTo(STAMP);
    }

    private static String envelope(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"t\"," + more + "}";
    }

    private static Event structured(String value) {
        return Events.of(value, "content-type", STRUCTURED);
    }

    private static Event binary(String value, String... more) {
        String[] context = {"ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "/shop", "ce_type", "com.example.note"
        };
        return Events.of(
                value, Stream.concat(Stream.of(context), Stream.of(more)).toArray(String[]::new));
    }

    private Request admitted(String source, Event event) {
        return Intakes.only(Intakes.of(source, codecs).take(event, NOW)).fold(Admission.Admitted::request, refused -> {
            throw new AssertionError(refused.reason());
        });
    }

    private Admission.Refused refused(String source, Event event) {
        return Intakes.only(Intakes.of(source, codecs).take(event, NOW))
                .fold(
                        admitted -> {
                            throw new AssertionError("admitted");
                        },
                        refused -> refused);
    }
}
