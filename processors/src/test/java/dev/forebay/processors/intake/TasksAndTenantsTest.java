package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TasksAndTenantsTest {
    private static final String CHOSEN =
            "format: json, text: /text, id: /id, task-from: {at: /kind, tasks: {complaint: triage, 7: digest}";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @Test
    void eventForSeveralTasksBecomesARequestForEach() {
        Intake intake = Intakes.of("format: json, text: /text, id: /id, task: [triage, digest]", codecs);

        assertThat(outcomes(intake, "{\"id\":\"e-1\",\"text\":\"Hello\"}"))
                .containsExactly("e-1/triage triage Hello", "e-1/digest digest Hello");
        assertThat(outcomes(intake, "{\"text\":\"Hello\"}"))
                .containsExactly("events-2-41/triage triage Hello", "events-2-41/digest digest Hello");
        assertThat(outcomes(Intakes.of("format: text, task: [digest, triage]", codecs), "Hello"))
                .containsExactly("events-2-41/digest digest Hello", "events-2-41/triage triage Hello");
    }

    @Test
    void listOfOneTaskIsOneTask() {
        assertThat(outcomes(Intakes.of("format: text, task: [digest]", codecs), "Hello"))
                .containsExactly("events-2-41 digest Hello");
    }

    @Test
    void unwantedTextIsRefusedForEachTaskAndAnUnreadableEventOnce() {
        Intake intake = Intakes.of("format: json, text: /text, id: /id, task: [triage, digest]", codecs);

        assertThat(outcomes(intake, "{\"id\":\"e-1\",\"text\":\" \"}"))
                .containsExactly("e-1/triage triage EMPTY_TEXT", "e-1/digest digest EMPTY_TEXT");
        assertThat(outcomes(intake, "{\"id\":\"e-1\"}")).containsExactly("e-1 triage,digest FIELD_MISSING");
        assertThat(outcomes(intake, "{")).containsExactly("events-2-41 triage,digest MALFORMED");
    }

    @Test
    void originalOfSeveralDeadLettersIsKeptOnceUnderTheIdOfTheEvent() {
        Event event = Events.of("{\"id\":\"e-1\",\"text\":\"a\\ud83d\"}");
        Taken taken = Intakes.of("format: json, text: /text, id: /id, task: [triage, digest]", codecs)
                .take(event, NOW);
        EventLetters letters = new EventLetters(taken, event, NOW);

        List<DeadLetter> made = taken.admissions()
                .map(admission -> admission.<DeadLetter>fold(
                        admitted -> {
                            throw new AssertionError("admitted");
                        },
                        refused -> letters.of(refused, false)))
                .toList();

        assertThat(made).extracting(DeadLetter::getRequestId).containsExactly("e-1/triage", "e-1/digest");
        assertThat(made.get(0).getHeaders())
                .containsExactly(new HeaderEntry("forebay-request-id", ByteBuffer.wrap(Events.bytes("e-1"))));
        assertThat(made.get(0).getValue()).isNotNull();
        assertThat(made.get(1).getValue()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"complaint\"', e triage Hello",
        "7, e digest Hello",
        "'\"7\"', e digest Hello",
        "'\"Complaint\"', e unknown UNKNOWN_TASK",
        "'\"Kowalczyk\"', e unknown UNKNOWN_TASK",
        "'[\"complaint\"]', e unknown UNKNOWN_TASK",
        "null, e unknown UNKNOWN_TASK"
    })
    void valueOfTheEventChoosesTheTask(String kind, String outcome) {
        Intake intake = Intakes.of(CHOSEN + "}", codecs);

        assertThat(outcomes(intake, "{\"id\":\"e\",\"text\":\"Hello\",\"kind\":" + kind + "}"))
                .containsExactly(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"review\"", "[]", "null", "\"\""})
    void otherwiseTakesWhatNoTaskIsNamedFor(String kind) {
        Intake intake = Intakes.of(CHOSEN + ", otherwise: digest}", codecs);

        assertThat(outcomes(intake, "{\"id\":\"e\",\"text\":\"Hello\",\"kind\":" + kind + "}"))
                .containsExactly("e digest Hello");
        assertThat(outcomes(intake, "{\"id\":\"e\",\"text\":\"Hello\"}")).containsExactly("e digest Hello");
    }

    @Test
    void unknownTaskNamesThePlaceAndNotTheValue() {
        Intake intake = Intakes.of(CHOSEN + "}", codecs);

        String message = message(intake, "{\"text\":\"Hello\",\"kind\":\"Kowalczyk\"}");

        assertThat(message)
                .contains("'/kind' has a value")
                .contains("task-from")
                .doesNotContain("Kowalczyk");
        assertThat(message(intake, "{\"text\":\"Hello\"}")).contains("'/kind' is not there");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"acme\"', acme",
        "17, 17",
        "null, house",
        "'\"\"', house",
        "'\" \"', FIELD_MISSING",
        "'{\"id\":1}', FIELD_MISSING",
        "'\"\\ud83d\"', FIELD_MISSING"
    })
    void eventNamesItsTenant(String value, String outcome) {
        Intake intake = Intakes.of("format: json, text: /text, tenant-from: /customer/tenant, tenant: house", codecs);

        assertThat(tenant(intake, "{\"text\":\"a\",\"customer\":{\"tenant\":" + value + "}}"))
                .isEqualTo(outcome);
    }

    @Test
    void eventWithoutATenantIsADeadLetterWhereNoneStandsIn() {
        Intake intake = Intakes.of("format: json, text: /text, tenant-from: /tenant", codecs);

        assertThat(tenant(intake, "{\"text\":\"a\"}")).isEqualTo("FIELD_MISSING");
        assertThat(message(intake, "{\"text\":\"a\"}")).contains("'/tenant' is not there");
        assertThat(Intakes.only(intake.take(Events.of("{"), NOW))
                        .<String>fold(admitted -> "admitted", refused -> refused.envelope()
                                .tenant()))
                .as("which is nobody's yet")
                .isEqualTo("unknown");
    }

    private static String tenant(Intake intake, String event) {
        return Intakes.only(intake.take(Events.of(event), NOW))
                .fold(
                        admitted -> admitted.request().getTenant(),
                        refused -> refused.reason().code().name());
    }

    private static String message(Intake intake, String event) {
        return Intakes.only(intake.take(Events.of(event), NOW))
                .fold(admitted -> "admitted", refused -> refused.reason().message());
    }

    private static List<String> outcomes(Intake intake, String event) {
        return Intakes.outcomes(intake.take(Events.of(event), NOW));
    }
}
