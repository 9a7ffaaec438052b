package dev.forebay.processors.count;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.processors.count.CountEvent.Kind;
import dev.forebay.processors.event.MapShelf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Subject TRIAGE = new Subject("default", "triage");

    private final MapShelf shelf = new MapShelf();
    private final Counting counting = new Counting(MINUTE, GRACE, new CountWindows(shelf));
    private Instant now = NOW;

    @Test
    void countsAreToldWhenTheMinuteIsOverAndItsGraceIsPast() {
        take(Kind.ANSWER, "refund", NOW);
        take(Kind.ANSWER, "refund", NOW);
        take(Kind.ANSWER, "parcel", NOW);
        take(Kind.ANSWER, "", NOW);
        take(Kind.REVIEW, "", NOW);
        take(Kind.REJECTION, "expired", NOW);

        assertThat(pass(MINUTE.plus(GRACE).minusSeconds(1))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).singleElement().satisfies(window -> {
            assertThat(window.counts().answers()).isEqualTo(4);
            assertThat(window.counts().reviewed()).isEqualTo(1);
            assertThat(window.counts().labels()).isEqualTo(Map.of("refund", 2L, "parcel", 1L));
            assertThat(window.counts().codes()).isEqualTo(Map.of("expired", 1L));
        });
        assertThat(pass(Duration.ofMinutes(10))).as("once").isEmpty();
    }

    @Test
    void whatComesAfterwardsIsToldInACorrectedCount() {
        take(Kind.ANSWER, "refund", NOW);
        assertThat(pass(MINUTE.multipliedBy(2))).hasSize(1);
        take(Kind.ANSWER, "refund", NOW);
        take(Kind.ANSWER, "refund", NOW);

        assertThat(pass(GRACE.minusSeconds(1))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).singleElement().satisfies(window -> {
            assertThat(window.start()).isEqualTo(NOW.toEpochMilli());
            assertThat(window.counts().labels()).isEqualTo(Map.of("refund", 3L));
        });
    }

    @Test
    void nothingIsKeptForEver() {
        take(Kind.ANSWER, "refund", NOW);
        assertThat(pass(MINUTE.multipliedBy(2))).hasSize(1);
        assertThat(shelf.size()).isEqualTo(2);

        now = now.plus(Counting.CORRECTED);
        assertThat(pass(GRACE)).isEmpty();
        assertThat(shelf.size()).isZero();
    }

    @Test
    void minutesTenantsAndTasksAreCountedApart() {
        take(Kind.ANSWER, "refund", NOW.minusMillis(1));
        take(Kind.ANSWER, "refund", NOW);
        counting.take(new CountEvent(new Subject("acme", "triage"), Kind.ANSWER, "", NOW.toEpochMilli()), now);
        counting.take(new CountEvent(new Subject("default", "tone"), Kind.ANSWER, "", NOW.toEpochMilli()), now);

        assertThat(pass(MINUTE.multipliedBy(2)))
                .hasSize(4)
                .allMatch(window -> window.counts().answers() == 1);
    }

    @Test
    void whatIsOfTheFutureIsCountedAtPresent() {
        take(Kind.ANSWER, "refund", NOW.plus(Duration.ofDays(30)));

        assertThat(pass(MINUTE.plus(GRACE))).hasSize(1);
    }

    @Test
    void namesWithoutNumberAreBounded() {
        for (int i = 0; i < 1_500; i++) {
            take(Kind.ANSWER, "label-" + i, NOW);
        }

        assertThat(pass(MINUTE.plus(GRACE))).singleElement().satisfies(window -> {
            assertThat(window.counts().labels()).hasSize(1_001).containsEntry("(others)", 500L);
            assertThat(window.counts().answers()).isEqualTo(1_500);
        });
    }

    @Test
    void recordsHaveStableKeysAndTheShareOfReviews() {
        take(Kind.ANSWER, "refund", NOW);
        take(Kind.ANSWER, "refund", NOW);
        take(Kind.REVIEW, "", NOW);
        take(Kind.REJECTION, "expired", NOW);

        List<CountRecords.Entry> records =
                CountRecords.of(pass(MINUTE.plus(GRACE)).get(0));

        String of = "\"window_start\":\"2026-11-24T12:00:00Z\",\"window_end\":\"2026-11-24T12:01:00Z\","
                + "\"tenant\":\"default\",\"task\":\"triage\"";
        assertThat(records)
                .extracting(CountRecords.Entry::key, entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        tuple(
                                "2026-11-24T12:00:00Z/default/triage/task",
                                "{\"kind\":\"task\"," + of
                                        + ",\"answers\":2,\"reviewed\":1,\"review_share\":0.5,\"rejected\":1}"),
                        tuple(
                                "2026-11-24T12:00:00Z/default/triage/label/refund",
                                "{\"kind\":\"label\"," + of + ",\"label\":\"refund\",\"count\":2}"),
                        tuple(
                                "2026-11-24T12:00:00Z/default/triage/code/expired",
                                "{\"kind\":\"code\"," + of + ",\"code\":\"expired\",\"count\":1}"));
    }

    private void take(Kind kind, String name, Instant time) {
        counting.take(new CountEvent(TRIAGE, kind, name, time.toEpochMilli()), now);
    }

    private List<CountWindow> pass(Duration time) {
        List<CountWindow> told = new ArrayList<>();
        for (long second = 0; second < time.toSeconds(); second++) {
            now = now.plusSeconds(1);
            told.addAll(counting.due(now));
        }
        return told;
    }
}
