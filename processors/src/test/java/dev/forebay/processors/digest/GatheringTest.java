package dev.forebay.processors.digest;

import static dev.forebay.processors.digest.Digests.BOUNDS;
import static dev.forebay.processors.digest.Digests.GRACE;
import static dev.forebay.processors.digest.Digests.TUMBLING;
import static dev.forebay.processors.digest.Digests.digest;
import static dev.forebay.processors.digest.Digests.session;
import static dev.forebay.processors.digest.Digests.texts;
import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.Digests.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void windowIsClosedByTheClockWhenItIsOverAndItsGraceIsPast() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);

        assertThat(run.pass(MINUTE.plus(GRACE).minusSeconds(1))).isEmpty();
        List<Closed> closed = run.pass(Duration.ofSeconds(1));
        assertThat(closed).hasSize(1);
        assertThat(closed.get(0).window().span())
                .isEqualTo(new Span(NOW.toEpochMilli(), NOW.plusSeconds(60).toEpochMilli()));
        assertThat(texts(closed.get(0))).containsExactly("text of r-1");
        assertThat(run.pass(Duration.ofMinutes(5))).as("once").isEmpty();
    }

    @Test
    void whatComesWithinTheGraceKeepsTheWindowOpenForAnother() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        assertThat(run.pass(MINUTE.plusSeconds(8))).isEmpty();
        assertThat(run.take("DE", "r-2", NOW.plusSeconds(59))).isTrue();

        assertThat(run.pass(GRACE.minusSeconds(1))).isEmpty();
        assertThat(run.pass(Duration.ofSeconds(1))).singleElement().satisfies(closed -> assertThat(texts(closed))
                .containsExactly("text of r-1", "text of r-2"));
    }

    /** A stage that was away for hours finds windows that are long over, with all their requests still to be read. */
    @Test
    void backlogIsGatheredThoughItsWindowsAreLongOver() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        Instant before = NOW.minus(Duration.ofHours(3));
        for (int i = 0; i < 20; i++) {
            assertThat(run.take("DE", "r-" + i, before.plusSeconds(6L * i))).isTrue();
            assertThat(run.pass(Duration.ofSeconds(5))).isEmpty();
            assertThat(run.take("DE", "q-" + i, before))
                    .as("of another partition")
                    .isTrue();
        }

        List<Closed> closed = run.pass(GRACE.multipliedBy(2));
        assertThat(closed).hasSize(2);
        assertThat(closed.stream().mapToInt(c -> c.texts().size()).sum()).isEqualTo(40);
    }

    @Test
    void rareGroupIsNotClosedWhileABacklogOfItsTimeIsRead() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        Instant before = NOW.minus(Duration.ofHours(3));
        run.take("FR", "r-1", before);
        List<Closed> closed = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            run.take("DE", "q-" + i, before.plusSeconds(i));
            closed.addAll(run.pass(Duration.ofSeconds(1)));
        }

        assertThat(closed).isEmpty();
        assertThat(run.take("FR", "r-2", before.plusSeconds(59))).isTrue();
        for (int i = 0; i < 50; i++) {
            run.take("DE", "s-" + i, before.plusSeconds(300 + i));
            closed.addAll(run.pass(Duration.ofSeconds(1)));
        }
        assertThat(closed)
                .as("when the backlog has come further")
                .extracting(c -> c.window().key().group().value())
                .containsExactlyInAnyOrder("DE", "FR");
    }

    @Test
    void oneSenderOfOldRequestsAmongManyHoldsNobodyUp() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("FR", "r-1", NOW);
        List<Closed> closed = new ArrayList<>();
        for (int i = 0; i < 71; i++) {
            run.take("old", "q-" + i, Instant.EPOCH);
            run.take("DE", "s-" + i, run.now);
            run.take("DE", "t-" + i, run.now);
            closed.addAll(run.pass(Duration.ofSeconds(1)));
        }

        assertThat(closed)
                .extracting(c -> c.window().key().group().value())
                .contains("FR", "DE")
                .doesNotContain("old");
    }

    @Test
    void backlogHoldsAWindowForAnHourAtMost() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("FR", "r-1", NOW);
        List<Closed> closed = new ArrayList<>();
        for (int i = 0; i < 3_700; i++) {
            run.take("old", "q-" + i, Instant.EPOCH);
            closed.addAll(run.pass(Duration.ofSeconds(1)));
        }

        assertThat(closed).extracting(c -> c.window().key().group().value()).containsExactly("FR");
    }

    /** After a pause there may be records to read, that came in it. */
    @Test
    void nothingIsClosedAfterAPauseBeforeTheGraceIsPast() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.now = NOW.plus(Duration.ofHours(1));

        assertThat(run.look()).isEmpty();
        assertThat(run.take("DE", "r-2", NOW.plusSeconds(1))).isTrue();
        assertThat(run.pass(GRACE.minusSeconds(1))).isEmpty();
        assertThat(run.pass(Duration.ofSeconds(1))).singleElement().satisfies(closed -> assertThat(closed.texts())
                .hasSize(2));
    }

    @Test
    void lateRequestIsCountedInTheWindowOfThePresentAndDropped() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        assertThat(run.pass(MINUTE.multipliedBy(2))).hasSize(1);
        assertThat(run.take("DE", "late", NOW)).isFalse();
        assertThat(run.take("DE", "r-2", run.now)).isTrue();

        assertThat(run.pass(MINUTE.multipliedBy(2))).singleElement().satisfies(closed -> {
            assertThat(texts(closed)).containsExactly("text of r-2");
            assertThat(closed.window().tally().late()).isEqualTo(1);
            assertThat(closed.window().tally().leftOut()).isZero();
        });
    }

    @Test
    void lateRequestIsGatheredInTheWindowOfThePresentWhereThatIsThePolicy() {
        Run run = new Run(digest(TUMBLING, Late.NEXT, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        assertThat(run.pass(MINUTE.multipliedBy(2))).hasSize(1);
        assertThat(run.take("DE", "late", NOW)).isFalse();

        assertThat(run.pass(MINUTE.multipliedBy(2))).singleElement().satisfies(closed -> {
            assertThat(texts(closed)).containsExactly("text of late");
            assertThat(closed.window().tally().late()).isEqualTo(1);
            assertThat(closed.window().span().start())
                    .isEqualTo(NOW.plusSeconds(120).toEpochMilli());
        });
    }

    @Test
    void lateRequestsThatAreDroppedKeepNoWindowOpen() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        assertThat(run.pass(MINUTE.multipliedBy(2))).hasSize(1);
        run.take("DE", "r-2", run.now);
        List<Closed> closed = new ArrayList<>();
        for (int i = 0; i < 75; i++) {
            run.take("DE", "late-" + i, NOW);
            closed.addAll(run.pass(Duration.ofSeconds(1)));
        }

        assertThat(closed).singleElement().satisfies(one -> assertThat(texts(one))
                .containsExactly("text of r-2"));
    }

    @Test
    void groupsHaveWindowsOfTheirOwn() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.take("FR", "r-2", NOW);

        assertThat(run.pass(MINUTE.multipliedBy(2)))
                .extracting(Digests::texts)
                .containsExactlyInAnyOrder(List.of("text of r-1"), List.of("text of r-2"));
    }

    @Test
    void requestIsInEachOfTheWindowsThatOverlap() {
        Run run = new Run(digest(Digests.fixed(60, 20), Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.now = NOW.plusSeconds(1);
        run.take("DE", "r-2", NOW.plusSeconds(20).minusMillis(1));

        List<Closed> closed = run.pass(MINUTE.multipliedBy(2));
        assertThat(closed)
                .extracting(c -> c.window().span().start() - NOW.toEpochMilli())
                .containsExactly(-40_000L, -20_000L, 0L);
        assertThat(closed).allMatch(c -> c.texts().size() == 2);
    }

    @Test
    void requestOfTheFutureIsOneOfThePresent() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW.plus(Duration.ofDays(400)));

        assertThat(run.pass(MINUTE.plus(GRACE))).hasSize(1);
    }

    @Test
    void requestThatComesTwiceCountsOnce() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.take("DE", "r-1", NOW);

        assertThat(run.pass(MINUTE.plus(GRACE))).singleElement().satisfies(closed -> assertThat(closed.texts())
                .hasSize(1));
    }

    @Test
    void ofTooManyTextsAFairSampleStaysWhateverTheirOrder() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add("r-" + i);
        }
        Closed first = gathered(ids, new Bounds(50, 200_000, 2_000));
        Collections.shuffle(ids, new Random(7));
        Closed second = gathered(ids, new Bounds(50, 200_000, 2_000));

        assertThat(first.texts()).hasSize(50);
        assertThat(first.window().tally().leftOut()).isEqualTo(950);
        assertThat(texts(second)).containsExactlyInAnyOrderElementsOf(texts(first));
        assertThat(texts(first)).as("of the whole window").anyMatch(text -> text.matches("text of r-9\\d\\d"));
        assertThat(texts(first)).anyMatch(text -> text.matches("text of r-[12]\\d\\d"));
    }

    @Test
    void charactersOfAWindowAreBoundedAndCountedAsTheDigestHasThem() {
        List<String> ids = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            ids.add("r-" + i);
        }
        // Each text has 13 characters, and two stand between any two.
        Closed exact = gathered(ids, new Bounds(200, 100 * 13 + 99 * 2, 13));
        Closed oneLess = gathered(ids, new Bounds(200, 100 * 13 + 99 * 2 - 1, 13));

        assertThat(exact.texts()).hasSize(100);
        assertThat(oneLess.texts()).hasSize(99);
        assertThat(oneLess.window().tally().leftOut()).isEqualTo(1);
    }

    @Test
    void longTextIsCutSoThatItLeavesRoomForOthers() {
        Run run = new Run(digest(TUMBLING, Late.DROP, new Bounds(10, 100, 20)), NOW);
        run.take("DE", "r-1", NOW, "  " + "😀".repeat(50));
        run.take("DE", "r-2", NOW, "short");
        run.take("DE", "r-3", NOW, " ");

        assertThat(run.pass(MINUTE.plus(GRACE))).singleElement().satisfies(closed -> {
            assertThat(texts(closed)).containsExactlyInAnyOrder("😀".repeat(20), "short");
            assertThat(closed.window().tally().leftOut()).as("blank").isEqualTo(1);
        });
    }

    @Test
    void sessionEndsWhenNothingHasFollowedForItsGap() {
        Run run = new Run(digest(session(30, 3_600), Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.pass(Duration.ofSeconds(30));
        run.take("DE", "r-2", run.now);

        assertThat(run.pass(Duration.ofSeconds(30).plus(GRACE).minusSeconds(1))).isEmpty();
        assertThat(run.pass(Duration.ofSeconds(1))).singleElement().satisfies(closed -> {
            assertThat(texts(closed)).containsExactly("text of r-1", "text of r-2");
            assertThat(closed.window().span())
                    .isEqualTo(new Span(NOW.toEpochMilli(), NOW.plusSeconds(30).toEpochMilli()));
        });
    }

    @Test
    void requestBetweenTwoSessionsMakesThemOne() {
        Run run = new Run(digest(session(30, 3_600), Late.DROP, BOUNDS), NOW);
        Instant before = NOW.minusSeconds(600);
        run.take("DE", "r-1", before);
        run.take("DE", "r-3", before.plusSeconds(60));
        run.take("DE", "r-2", before.plusSeconds(30));
        run.take("DE", "r-0", before.minusSeconds(5));

        assertThat(run.pass(GRACE)).singleElement().satisfies(closed -> {
            assertThat(texts(closed)).containsExactly("text of r-0", "text of r-1", "text of r-2", "text of r-3");
            assertThat(closed.window().tally().texts()).isEqualTo(4);
            assertThat(closed.window().sources().written(100)).isEqualTo("forebay.work-0:0-3");
            assertThat(closed.window().span().start())
                    .isEqualTo(before.minusSeconds(5).toEpochMilli());
        });
        assertThat(run.pass(Duration.ofMinutes(10))).isEmpty();
    }

    @Test
    void sessionsThatBecomeOneKeepToTheBounds() {
        Run run = new Run(digest(session(30, 3_600), Late.DROP, new Bounds(3, 20_000, 2_000)), NOW);
        Instant before = NOW.minusSeconds(600);
        for (int i = 0; i < 5; i++) {
            run.take("DE", "a-" + i, before.plusSeconds(i));
            run.take("DE", "b-" + i, before.plusSeconds(50 + i));
        }
        run.take("DE", "c", before.plusSeconds(27));

        assertThat(run.pass(GRACE)).singleElement().satisfies(closed -> {
            assertThat(closed.texts()).hasSize(3);
            assertThat(closed.window().tally().leftOut()).isEqualTo(8);
        });
    }

    @Test
    void sessionGrowsNoLongerThanItMay() {
        Run run = new Run(digest(session(30, 60), Late.DROP, BOUNDS), NOW);
        Instant before = NOW.minusSeconds(600);
        for (int i = 0; i <= 12; i++) {
            run.take("DE", "r-" + i, before.plusSeconds(10L * i));
        }

        assertThat(run.pass(GRACE))
                .extracting(closed -> closed.window().span().length() / 1_000)
                .containsExactlyInAnyOrder(60L, 50L);
    }

    @Test
    void requestForAClosedSessionIsLate() {
        Run run = new Run(digest(session(30, 3_600), Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        assertThat(run.pass(Duration.ofSeconds(60))).hasSize(1);

        assertThat(run.take("DE", "near", NOW.plusSeconds(10))).isFalse();
        assertThat(run.take("DE", "of another", NOW.minusSeconds(31))).isTrue();
    }

    @Test
    void manyWindowsAreClosedLookByLook() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        for (int i = 0; i < 250; i++) {
            run.take("group-" + i, "r-" + i, NOW);
        }
        assertThat(run.pass(MINUTE.plus(GRACE).minusSeconds(1))).isEmpty();
        run.now = run.now.plusSeconds(1);

        assertThat(run.look()).hasSize(100);
        assertThat(run.look()).hasSize(100);
        assertThat(run.look()).hasSize(50);
        assertThat(run.look()).isEmpty();
    }

    @Test
    void clockThatIsSetBackLosesNothing() {
        Run run = new Run(digest(TUMBLING, Late.DROP, BOUNDS), NOW);
        run.take("DE", "r-1", NOW);
        run.pass(Duration.ofMinutes(10));
        run.now = NOW.minus(Duration.ofHours(1));
        run.take("DE", "r-2", run.now);

        assertThat(run.pass(MINUTE.multipliedBy(2))).hasSize(1);
    }

    private static Closed gathered(List<String> ids, Bounds bounds) {
        Run run = new Run(digest(TUMBLING, Late.DROP, bounds), NOW);
        ids.forEach(id -> run.take("DE", id, NOW));
        List<Closed> closed = run.pass(MINUTE.plus(GRACE));
        assertThat(closed).hasSize(1);
        return closed.get(0);
    }
}
