package dev.forebay.processors.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.completion.Completing.Told;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Events;
import dev.forebay.processors.event.MapShelf;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.PartEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompletingTest {
    private static final EventKey CHAT = new EventKey("acme", "chat-7");
    private static final Duration WITHIN = Duration.ofHours(2);
    private static final Duration CORRECTED = Duration.ofHours(24);

    private final MapShelf shelf = new MapShelf();
    private Completing completing = onShelf();
    private Instant now = Events.NOW;

    @Test
    void eventIsToldOfOnceWhenItsLastRequestHasEnded() {
        takenApart(3);
        ended(1, result("refund", 0.9));
        ended(3, refused(EndKind.REJECTION, "blocked"));
        assertThat(look()).isEmpty();
        ended(2, refused(EndKind.DEAD_LETTER, "model_error"));

        Completion told = only();
        assertThat(told.getEventId()).isEqualTo("chat-7");
        assertThat(told.getTenant()).isEqualTo("acme");
        assertThat(told.getTopic() + "-" + told.getPartition() + "-" + told.getOffset())
                .isEqualTo("chats-1-40");
        assertThat(told.getParts()).isEqualTo(3);
        assertThat(told.getComplete()).isTrue();
        assertThat(told.getRequests())
                .containsExactly(
                        new PartEnd("chat-7#0", 1, EndKind.RESULT, "refund", 0.9, null, now),
                        new PartEnd("chat-7#1", 2, EndKind.DEAD_LETTER, null, null, "model_error", now),
                        new PartEnd("chat-7#2", 3, EndKind.REJECTION, null, null, "blocked", now));
        assertThat(told.getLeftOut()).isZero();
        assertThat(told.getCompletedAt()).isEqualTo(now);
        pass(Duration.ofHours(3));
        assertThat(look()).isEmpty();
    }

    @Test
    void whatEndsTwiceIsNoNews() {
        takenApart(2);
        ended(1, result("refund", 0.9));
        ended(1, result("refund", 0.9));
        assertThat(look()).isEmpty();
        ended(2, refused(EndKind.DEAD_LETTER, "model_error"));
        assertThat(look()).hasSize(1);

        pass(Duration.ofMinutes(1));
        ended(1, result("card", 0.4));
        ended(1, refused(EndKind.DEAD_LETTER, "model_error"));
        ended(2, refused(EndKind.DEAD_LETTER, "model_error"));

        assertThat(look()).isEmpty();
    }

    @Test
    void requestThatIsReplayedFromItsDeadLetterReplacesTheRecord() {
        takenApart(2);
        ended(1, result("refund", 0.9));
        ended(2, refused(EndKind.DEAD_LETTER, "model_error"));
        assertThat(only().getRequests().get(1).getEnd()).isEqualTo(EndKind.DEAD_LETTER);

        pass(Duration.ofHours(20));
        ended(2, result("card", 0.8));

        Completion told = only();
        assertThat(told.getComplete()).isTrue();
        assertThat(told.getRequests()).extracting(PartEnd::getEnd).containsOnly(EndKind.RESULT);
        assertThat(told.getRequests()).extracting(PartEnd::getLabel).containsExactly("refund", "card");
    }

    @Test
    void laterOfTwoRefusalsCountsWhicheverIsReadFirst() {
        takenApart(1);
        End letter = refused(EndKind.DEAD_LETTER, "model_error");
        pass(Duration.ofSeconds(5));
        ended(1, refused(EndKind.REJECTION, "expired"));
        assertThat(only().getRequests().get(0).getCode()).isEqualTo("expired");

        ended(1, letter);

        assertThat(look()).isEmpty();
    }

    @Test
    void reviewThatIsOpenIsNoEnd() {
        takenApart(2);
        ended(1, result("refund", 0.9));
        ended(2, waits("card", 0.3));
        assertThat(look()).isEmpty();
        pass(Duration.ofHours(1));
        ended(2, refused(EndKind.REJECTION, "review_rejected"));

        assertThat(only().getRequests().get(1).getCode()).isEqualTo("review_rejected");
    }

    @Test
    void decisionCountsThoughTheClockOfItsMachineIsBehind() {
        takenApart(1);
        ended(1, waits("card", 0.3));
        ended(1, new End(EndKind.REJECTION, null, null, "review_rejected", now.toEpochMilli() - 60_000));

        assertThat(only().getComplete()).isTrue();
    }

    @Test
    void replayedRequestThatWaitsForAPersonMakesItsEventIncompleteAgain() {
        takenApart(1);
        ended(1, refused(EndKind.DEAD_LETTER, "model_error"));
        assertThat(look()).hasSize(1);
        pass(Duration.ofMinutes(1));
        ended(1, waits("card", 0.3));
        assertThat(look()).isEmpty();
        pass(WITHIN);

        Completion told = only();
        assertThat(told.getComplete()).isFalse();
        assertThat(told.getRequests().get(0).getEnd()).isEqualTo(EndKind.REVIEW);
    }

    @Test
    void eventWhoseTimeIsOverIsToldOfWithWhatIsMissing() {
        takenApart(3);
        ended(1, result("refund", 0.9));
        ended(2, waits("card", 0.3));
        pass(WITHIN.minusSeconds(1));
        assertThat(look()).isEmpty();
        pass(Duration.ofSeconds(1));

        Completion told = only();
        assertThat(told.getComplete()).isFalse();
        assertThat(told.getRequests())
                .extracting(PartEnd::getEnd)
                .containsExactly(EndKind.RESULT, EndKind.REVIEW, EndKind.MISSING);
        assertThat(told.getRequests().get(2).getEndedAt()).isEqualTo(now);
        assertThat(told.getCompletedAt()).isEqualTo(now);

        ended(2, result("card", 1.0));
        assertThat(look()).as("not for each one").isEmpty();
        ended(3, result("card", 1.0));
        assertThat(only().getComplete()).isTrue();
    }

    /** What a record says of its time is not asked; a year ahead and a year back are the same. */
    @Test
    void endThatIsDatedInTheFutureEndsOnlyItsRequest() {
        takenApart(2);
        ended(1, new End(EndKind.DEAD_LETTER, null, null, "malformed", Long.MAX_VALUE));
        assertThat(look()).isEmpty();
        ended(2, result("card", 1.0));

        assertThat(only().getCompletedAt()).isEqualTo(now);
    }

    @Test
    void afterAPauseTheTimeOfAnEventIsNotOverBeforeWhatWaitsIsRead() {
        takenApart(1);
        now = now.plus(WITHIN).plusSeconds(1);
        completing = onShelf();
        assertThat(look()).isEmpty();
        ended(1, result("card", 1.0));
        assertThat(only().getComplete()).isTrue();

        takenApart(new EventKey("acme", "chat-8"), 1);
        look();
        now = now.plus(WITHIN).plusSeconds(1);
        completing = onShelf();
        pass(Duration.ofSeconds(61));
        assertThat(only().getComplete()).isFalse();
    }

    @Test
    void whatIsKnownOfAnEventIsForgottenAfterItsCorrections() {
        takenApart(2);
        ended(1, result("refund", 0.9));
        ended(2, refused(EndKind.DEAD_LETTER, "model_error"));
        look();
        assertThat(shelf.size()).isEqualTo(4);
        pass(CORRECTED.plusSeconds(1));
        look();

        assertThat(shelf.size()).isZero();
        assertThat(ended(2, result("card", 1.0))).isFalse();
        assertThat(look()).isEmpty();
    }

    @Test
    void endsOfAnEventThatIsNotKnownAreNotKept() {
        assertThat(ended(1, result("card", 1.0))).isFalse();
        takenApart(2);
        int entries = shelf.size();
        assertThat(ended(3, result("card", 1.0))).as("beyond its parts").isFalse();
        assertThat(completing.take(CHAT, new PartKey(1, "digest"), result("card", 1.0), now))
                .isFalse();

        assertThat(shelf.size()).isEqualTo(entries);
    }

    /** The parts that are in dead letters come again as an event of their own, of which the others are not. */
    @Test
    void partsThatAreSentAgainBelongToTheEventThatTheyWereOf() {
        takenApart(3);
        ended(1, result("refund", 0.9));
        ended(2, refused(EndKind.DEAD_LETTER, "field_missing"));
        ended(3, result("refund", 0.9));
        assertThat(look()).hasSize(1);

        assertThat(takenApart(CHAT, 3, 2)).isTrue();
        assertThat(look()).isEmpty();
        pass(Duration.ofSeconds(1));
        ended(2, result("card", 1.0));

        Completion told = only();
        assertThat(told.getRequests()).extracting(PartEnd::getEnd).containsOnly(EndKind.RESULT);
        assertThat(told.getOffset()).as("where it was read first").isEqualTo(40);
    }

    @Test
    void partsOfAnEventThatIsForgottenAreNotToldOfAsIfTheyWereAll() {
        assertThat(takenApart(CHAT, 3, 2)).isFalse();
        ended(2, result("card", 1.0));

        assertThat(look()).isEmpty();
        assertThat(shelf.size()).isZero();
    }

    @Test
    void partThatWasRefusedWholeMayBecomeARequestForEachTask() {
        take(CHAT, new TakenApart(at(40), 2, List.of("triage", "digest"), numbers(1, 2), numbers(2)));
        for (String task : List.of("triage", "digest")) {
            completing.take(CHAT, new PartKey(1, task), result("card", 1.0), now);
        }
        ended(2, refused(EndKind.DEAD_LETTER, "field_missing"));
        assertThat(only().getRequests())
                .extracting(PartEnd::getRequestId)
                .containsExactly("chat-7#0/triage", "chat-7#0/digest", "chat-7#1");

        take(CHAT, new TakenApart(at(90), 2, List.of("triage", "digest"), numbers(2), numbers()));
        completing.take(CHAT, new PartKey(2, "triage"), result("card", 1.0), now);
        assertThat(look()).isEmpty();
        completing.take(CHAT, new PartKey(2, "digest"), result("card", 1.0), now);

        assertThat(only().getRequests())
                .extracting(PartEnd::getRequestId)
                .containsExactly("chat-7#0/triage", "chat-7#0/digest", "chat-7#1/triage", "chat-7#1/digest");
    }

    @Test
    void duplicatesOfAnEventDoNotEndIt() {
        takenApart(2);
        takenApart(2);
        ended(1, refused(EndKind.REJECTION, "duplicate"));
        ended(2, refused(EndKind.REJECTION, "duplicate"));
        assertThat(look()).isEmpty();
        ended(1, result("card", 1.0));
        ended(2, result("card", 1.0));
        assertThat(only().getRequests()).extracting(PartEnd::getEnd).containsOnly(EndKind.RESULT);
    }

    @Test
    void eventOfWhichTheFirstIsNotKnownEndsAsADuplicate() {
        takenApart(1);
        ended(1, refused(EndKind.REJECTION, "duplicate"));

        assertThat(only().getRequests().get(0).getCode()).isEqualTo("duplicate");
    }

    @Test
    void anotherEventUnderTheSameIdBeginsAnew() {
        takenApart(2);
        ended(1, result("refund", 0.9));
        takenApart(1);
        ended(1, result("card", 1.0));

        Completion told = only();
        assertThat(told.getParts()).isEqualTo(1);
        assertThat(told.getRequests()).extracting(PartEnd::getLabel).containsExactly("card");
    }

    @Test
    void eventOfAnotherTenantWithTheSameIdIsAnotherEvent() {
        takenApart(1);
        takenApart(new EventKey("other", "chat-7"), 1);
        ended(1, result("card", 1.0));

        assertThat(only().getTenant()).isEqualTo("acme");
    }

    @Test
    void listThatIsCutKeepsWhatIsNoResult() {
        takenApart(6_000);
        IntStream.rangeClosed(1, 6_000).filter(part -> part != 5_900).forEach(part -> ended(part, result("card", 1.0)));
        ended(5_900, refused(EndKind.DEAD_LETTER, "malformed"));

        Told told = look().get(0);
        Completion whole = CompletionRecord.of(told, 0, now);
        Completion halved = CompletionRecord.of(told, 3, now);
        Completion none = CompletionRecord.of(told, 31, now);
        assertThat(whole.getRequests()).hasSize(5_000);
        assertThat(whole.getLeftOut()).isEqualTo(1_000);
        assertThat(halved.getRequests()).hasSize(625).isSortedAccordingTo(Comparator.comparing(PartEnd::getPart));
        assertThat(halved.getRequests().get(624).getCode()).isEqualTo("malformed");
        assertThat(none.getRequests()).isEmpty();
        assertThat(none.getLeftOut()).isEqualTo(6_000);
    }

    private Completing onShelf() {
        return new Completing(WITHIN, CORRECTED, new OpenEvents(shelf));
    }

    private void takenApart(int parts) {
        takenApart(CHAT, parts);
    }

    private boolean takenApart(EventKey key, int parts, Integer... some) {
        SortedSet<Integer> taken = some.length > 0
                ? numbers(some)
                : new TreeSet<>(IntStream.rangeClosed(1, parts).boxed().toList());
        return take(key, new TakenApart(at(some.length > 0 ? 90 : 40), parts, List.of(), taken, numbers()));
    }

    private boolean take(EventKey key, TakenApart taken) {
        return completing.take(key, taken, now);
    }

    private boolean ended(int part, End end) {
        return completing.take(CHAT, new PartKey(part, ""), end, now);
    }

    private End result(String label, double score) {
        return new End(EndKind.RESULT, label, score, null, now.toEpochMilli());
    }

    private End waits(String label, double score) {
        return new End(EndKind.REVIEW, label, score, null, now.toEpochMilli());
    }

    private End refused(EndKind kind, String code) {
        return new End(kind, null, null, code, now.toEpochMilli());
    }

    private static Position at(long offset) {
        return new Position("chats", 1, offset);
    }

    private static SortedSet<Integer> numbers(Integer... numbers) {
        return new TreeSet<>(List.of(numbers));
    }

    private Completion only() {
        List<Told> told = look();
        assertThat(told).hasSize(1);
        return CompletionRecord.of(told.get(0), 0, now);
    }

    private List<Told> look() {
        List<Told> told = new ArrayList<>();
        for (List<Told> some = completing.due(now); !some.isEmpty(); some = completing.due(now)) {
            told.addAll(some);
        }
        return told;
    }

    /** At work all the time. */
    private void pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plusSeconds(1).isBefore(end) ? now.plusSeconds(1) : end;
            if (now.isBefore(end)) {
                assertThat(completing.due(now)).as("at %s", now).isEmpty();
            }
        }
    }
}
