package dev.forebay.processors.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Events;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartKeyTest {
    @ParameterizedTest
    @CsvSource({
        "e, e#0, 1, ''",
        "e, e#41/triage, 42, triage",
        "a#1/b, a#1/b#2, 3, ''",
        "'', #7, 8, ''",
        "e, e#0/a/b, 1, a/b"
    })
    void requestIsKnownByItsId(String event, String request, int part, String task) {
        PartKey key = new PartKey(part, task);

        assertThat(PartKey.of(event, request)).hasValue(key);
        assertThat(key.requestId(event)).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "e#", "e#x", "e#01", "e#-1", "e#1/", "e#1234567890", "f#0", "e/triage", "e#1 "})
    void otherIdsAreNoneOfTheEvents(String request) {
        assertThat(PartKey.of("e", request)).isEmpty();
    }

    @Test
    void keyOfAnEventIsReadAsItWasWritten() {
        EventKey key = new EventKey("ac\"me", "[\"x\",1] \u00e9");

        assertThat(key.bytes().flatMap(EventKey::read)).hasValue(key);
        assertThat(new EventKey("t", "x".repeat(1_000)).bytes()).isEmpty();
        for (String other : List.of("", "[]", "[1,2]", "[\"a\"]", "{}", "[\"a\",\"b\",\"c\"]", "[\"a\",", "null")) {
            assertThat(EventKey.read(Events.bytes(other))).as(other).isEmpty();
        }
        assertThat(EventKey.read(null)).isEmpty();
    }

    @Test
    void resultTellsItsEvent() {
        assertThat(EventKey.of(result("e#1/triage", "2"))).hasValue(new EventKey("acme", "e"));
        assertThat(EventKey.of(result("e#1", "2"))).hasValue(new EventKey("acme", "e"));
        assertThat(EventKey.of(result("a/triage#1", "2"))).hasValue(new EventKey("acme", "a/triage"));
        assertThat(EventKey.of(result("e#1/digest", "2"))).isEmpty();
        assertThat(EventKey.of(result("e#1", "1"))).isEmpty();
        assertThat(EventKey.of(result("e#1", "two"))).isEmpty();
        assertThat(EventKey.of(result("e", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "1", "'1,3'", "1-3", "'1-2,4,6-9'"})
    void numbersAreReadAsTheyWereWritten(String text) {
        assertThat(Numbers.read(text, 9).map(Numbers::written)).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "1-", "-1", "2,1", "1,1", "3-2", "1-10", "1-999999999", "1,,2", "1-2-3"})
    void otherTextsAreNoNumbers(String text) {
        assertThat(Numbers.read(text, 9)).isEmpty();
    }

    @Test
    void numbersInARowAreShort() {
        TreeSet<Integer> numbers = new TreeSet<>(List.of(1, 2, 3, 5, 7, 8));

        assertThat(Numbers.written(numbers)).isEqualTo("1-3,5,7-8");
    }

    private static Result result(String id, String part) {
        return Result.newBuilder()
                .setRequestId(id)
                .setTask("triage")
                .setTenant("acme")
                .setOutcome(new Summary("x", List.of()))
                .setModel(new ModelRef("m", "1"))
                .setTokens(1)
                .setAttributes(Map.of("part", part))
                .setIssuedAt(Events.NOW)
                .setCompletedAt(Events.NOW)
                .build();
    }
}
