package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
    private static final String EVENT =
            """
            {"subject": "Card", "n": 7, "paid": true, "none": null, "empty": "", "list": ["a", "b"], "": "nameless",
             "message": {"body": "Where is it?"}, "a/b": "slash", "{": "brace", "Kowalczyk": {"x": 1}}""";

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("{/subject}", "Card"),
                arguments("{/subject}: {/message/body}", "Card: Where is it?"),
                arguments("{/subject}{/subject}", "CardCard"),
                arguments("No. {/n}, paid: {/paid}", "No. 7, paid: true"),
                arguments("a{/gone?}b{/none?}c{/empty?}d{/empty}", "abcd"),
                arguments("{/subject?}", "Card"),
                arguments("{{/subject}} is {/subject}", "{/subject} is Card"),
                arguments("{{{/subject}}}", "{Card}"),
                arguments("}}{{{/n}", "}{7"),
                arguments("{/list/1}", "b"),
                arguments("{/a~1b}", "slash"),
                arguments("{/}", "nameless"),
                arguments("{/{}", "brace"),
                arguments("💳 {/n}", "💳 7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void placesInBracesAreReplacedByWhatStandsThere(String template, String text) {
        assertThat(text(json(template), Events.of(EVENT))).isEqualTo(text);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("{/subject} {/gone}", "The field '/gone' is not there"),
                arguments("{/none}", "The field '/none' is null"),
                arguments("{/list}", "'/list' is an array, and has to be a string, number or boolean"),
                arguments("{/list?}", "'/list' is an array"),
                arguments("{}", "'' is an object"),
                arguments("{/message/body/html}", "'/message/body/html' is not there"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void eventThatLacksAPlaceIsADeadLetterThatNamesIt(String template, String message) {
        Admission.Refused refused = refused(json(template), Events.of(EVENT));

        assertThat(refused.reason().code()).isEqualTo(ReasonCode.FIELD_MISSING);
        assertThat(refused.reason().message())
                .contains(message)
                .contains("key template")
                .doesNotContain("Kowalczyk");
    }

    @Test
    void columnsAndAvroPathsAreWrittenAsElsewhere() {
        Schema schema = SchemaBuilder.record("Ticket")
                .fields()
                .requiredString("subject")
                .optionalString("body")
                .name("tags")
                .type(Schema.createMap(Schema.create(Schema.Type.INT)))
                .noDefault()
                .endRecord();
        GenericData.Record ticket = new GenericData.Record(schema);
        ticket.put("subject", "Card");
        ticket.put("tags", new HashMap<>(Map.of("urgency", 3)));
        Event avro = Events.of(WireBytes.of(registry, "tickets-value", ticket));

        Intake ofAvro = intake("format: avro, template: '{subject}: {body?} ({tags.urgency})'");
        Intake ofRows = intake("format: csv, columns: [subject, body], template: '{subject}: {body?}'");

        assertThat(text(ofAvro, avro)).isEqualTo("Card:  (3)");
        assertThat(text(ofRows, Events.of("Card,\"Where, exactly?\""))).isEqualTo("Card: Where, exactly?");
        assertThat(text(ofRows, Events.of("Card,"))).isEqualTo("Card: ");
    }

    @Test
    void textThatOnlyATemplateMakesTooLongIsRefusedBeforeItIsBuilt() {
        Event event = Events.of("{\"a\": \"" + "x".repeat(99) + "\"}");
        Intake atTheLimit = within("max-chars: 198, ", "format: json, template: '{/a}{/a}'");
        Intake aboveIt = within("max-chars: 197, ", "format: json, template: '{/a}{/a}'");
        Intake farAbove = within("max-chars: 90, ", "format: json, template: '" + "{/a}".repeat(1_000) + "'");

        assertThat(text(atTheLimit, event)).hasSize(198);
        assertThat(refused(aboveIt, event).reason().message()).contains("198 characters");
        assertThat(refused(farAbove, event).reason().code()).isEqualTo(ReasonCode.TEXT_TOO_LONG);
        assertThat(refused(farAbove, event).reason().message()).contains("over 90 characters");
    }

    private Intake json(String template) {
        return intake("format: json, template: '" + template + "'");
    }

    private Intake intake(String source) {
        return Intakes.of(source, codecs);
    }

    private Intake within(String keys, String source) {
        return Intakes.within(keys, "{topic: events, task: triage, " + source + "}", codecs);
    }

    private static String text(Intake intake, Event event) {
        return Intakes.only(intake.take(event, NOW))
                .fold(admitted -> admitted.request().getText(), refused -> {
                    throw new AssertionError(refused.reason());
                });
    }

    private static Admission.Refused refused(Intake intake, Event event) {
        return Intakes.only(intake.take(event, NOW))
                .fold(
                        admitted -> {
                            throw new AssertionError("admitted");
                        },
                        refused -> refused);
    }
}
