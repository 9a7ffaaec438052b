package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.observe.Total;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class ShareLoopTest {
    private static final TopicPartition P0 = new TopicPartition("work", 0);
    private static final long RENEW_AFTER = 100;

    private final FakeSource source = new FakeSource();
    private final List<Ticket> run = new ArrayList<>();
    private final Tally tally = new Tally(1, () -> 0);
    private final Runs runs = new Runs(tally);
    private long now;
    private final ShareLoop loop = loop(source);

    @Test
    void nothingIsPolledAndNothingIsAcceptedBeforeItHasEnded() {
        source.deliver(record(0, 1), record(1, 1));
        loop.turn(Duration.ZERO);
        assertThat(loop.waitsForRoom()).isTrue();
        runs.ended(run.get(1));

        now = 20;
        loop.turn(Duration.ZERO);

        assertThat(source.said).containsExactly("poll", "accept 1", "commit");
        assertThat(loop.idle()).isFalse();
        assertThat(loop.inFlight().records()).isOne();
    }

    @Test
    void whatHasNotEndedIsRenewedInARequestOfItsOwnAndRunsOn() {
        source.deliver(record(0, 1), record(1, 1));
        loop.turn(Duration.ZERO);
        runs.ended(run.get(1));
        now = RENEW_AFTER;
        source.deliver(record(0, 1));

        loop.turn(Duration.ZERO);

        assertThat(source.said).containsExactly("poll", "accept 1", "commit", "renew 0", "commit and wait", "poll");
        assertThat(run).hasSize(2);
        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);
        loop.taken(P0, List.of(0L, 1L));
        assertThat(loop.idle()).isTrue();
        assertThat(runs.size()).isZero();
    }

    @Test
    void whatEndsWhileItsRenewalIsAwayIsAcceptedWhenItIsBack() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        now = RENEW_AFTER;
        loop.turn(Duration.ZERO);
        runs.ended(run.get(0));

        assertThat(loop.idle()).isFalse();
        assertThat(source.said).doesNotContain("accept 0");
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        loop.turn(Duration.ZERO);
        assertThat(source.said).contains("accept 0");
    }

    @Test
    void aLockThatIsLostLetsTheRunCountForTheNextDelivery() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        now = RENEW_AFTER;
        source.refusing = true;
        source.deliver(record(0, 2));

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(1);
        assertThat(tally.stats().of(Total.LOCKS_LOST)).isOne();
        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);
        assertThat(source.said).contains("accept 0");
    }

    @Test
    void whatHasEndedAndIsDeliveredAgainIsAcceptedAtOnce() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);
        loop.refused(P0, List.of(0L));
        source.deliver(record(0, 2));
        loop.turn(Duration.ZERO);

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(1);
        assertThat(source.said)
                .containsExactly("poll", "accept 0", "commit", "poll", "poll", "accept 0", "commit", "poll");
    }

    @Test
    void whatTheBrokerHasTakenAndDeliversAllTheSameIsAcceptedOnceMore() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);
        loop.taken(P0, List.of(0L));
        assertThat(runs.size()).isZero();
        source.deliver(record(0, 2));
        loop.turn(Duration.ZERO);

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(1);
        assertThat(source.said)
                .containsExactly("poll", "accept 0", "commit", "poll", "poll", "accept 0", "commit", "poll");
    }

    /** A poll keeps what it was to carry where a fetch is on its way already, and the next poll may be a lock's time off. */
    @Test
    void whatHasEndedIsSentBeforeAPollThatBringsMore() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        runs.ended(run.get(0));
        source.deliver(record(1, 1));

        loop.turn(Duration.ZERO);
        loop.turn(Duration.ZERO);

        assertThat(source.said).containsExactly("poll", "accept 0", "commit", "poll");
    }

    /** The answer to an acknowledgement may come after the record has been delivered once more. */
    @Test
    void aLateRefusalLeavesTheNewLockAlone() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        runs.ended(run.get(0));
        source.deliver(record(0, 2));
        loop.turn(Duration.ZERO);

        loop.refused(P0, List.of(0L));
        loop.turn(Duration.ZERO);

        assertThat(source.said).containsExactly("poll", "accept 0", "commit", "poll", "accept 0", "commit", "poll");
    }

    @Test
    void anotherRecordInTheSamePlaceIsRun() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        loop.lost();
        source.deliver(new InputRecord(P0, 0, 7, null, new byte[2], new RecordHeaders(), 0, 1));

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(2);
    }

    @Test
    void aRunThatHasBegunIsNotWaitedForWhenFewDeliveriesAreLeft() {
        source.deliver(record(0, 3));
        loop.turn(Duration.ZERO);
        loop.lost();
        source.deliver(record(0, 6));

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(2);
        runs.ended(run.get(0));
        assertThat(loop.idle()).isFalse();
        assertThat(source.said).doesNotContain("accept 0");
    }

    @Test
    void aRunThatHasBegunIsWaitedForWhenHalfOfTheDeliveriesAreLeft() {
        source.deliver(record(0, 3));
        loop.turn(Duration.ZERO);
        loop.lost();
        source.deliver(record(0, 5));

        loop.turn(Duration.ZERO);

        assertThat(run).hasSize(1);
        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);
        assertThat(source.said).contains("accept 0");
    }

    @Test
    void whatIsDeliveredDuringAStopIsRunAsWell() {
        source.deliver(record(0, 1));
        loop.turn(Duration.ZERO);
        loop.stopReading();
        now = RENEW_AFTER;
        source.refusing = true;
        source.deliver(record(1, 1));

        loop.turn(Duration.ZERO);
        runs.ended(run.get(1));
        loop.turn(Duration.ZERO);

        assertThat(source.said)
                .containsExactly("poll", "commit", "renew 0", "commit and wait", "poll", "accept 1", "commit and wait");
    }

    /** What was delivered to one consumer before its lock was lost may arrive later than what another was given since. */
    @Test
    void whatWasDeliveredToTwoConsumersIsAcceptedByBoth() {
        FakeSource late = new FakeSource();
        ShareLoop second = deliveredToBoth(2, late, 1);
        assertThat(run).hasSize(1);
        runs.ended(run.get(0));

        second.turn(Duration.ZERO);
        second.refused(P0, List.of(0L));
        loop.turn(Duration.ZERO);
        loop.taken(P0, List.of(0L));

        assertThat(late.said).contains("accept 0");
        assertThat(source.said).contains("accept 0");
        assertThat(second.idle()).isTrue();
        assertThat(loop.idle()).isTrue();
        assertThat(runs.size()).isZero();
    }

    @Test
    void aConsumerThatLosesItsLockTakesNoOtherOnesRun() {
        deliveredToBoth(2, new FakeSource(), 1).lost();

        runs.ended(run.get(0));
        loop.turn(Duration.ZERO);

        assertThat(source.said).contains("accept 0");
    }

    @Test
    void whoWaitsForARunHearsTheEndOfTheOneInItsPlace() {
        deliveredToBoth(3, new FakeSource(), 6);
        assertThat(run).hasSize(2);

        runs.ended(run.get(1));
        loop.turn(Duration.ZERO);

        assertThat(source.said).contains("accept 0");
    }

    /** One record, first to the consumer of the other tests; gives the loop of the other one. */
    private ShareLoop deliveredToBoth(int deliveries, FakeSource other, int deliveriesOfOther) {
        ShareLoop second = loop(other);
        source.deliver(record(0, deliveries));
        loop.turn(Duration.ZERO);
        other.deliver(record(0, deliveriesOfOther));
        second.turn(Duration.ZERO);
        return second;
    }

    private ShareLoop loop(FakeSource of) {
        return new ShareLoop(
                of, (record, ticket) -> run.add(ticket), runs, new DeliveryLimit(8), Duration.ofNanos(10), () -> now);
    }

    private static InputRecord record(long offset, int deliveries) {
        return new InputRecord(P0, offset, 0, null, new byte[1], new RecordHeaders(), 0, deliveries);
    }

    /** Says what it was told, and gives at a poll what was put there. */
    private final class FakeSource implements ShareSource {
        private final List<String> said = new ArrayList<>();
        private final List<Long> renewing = new ArrayList<>();
        private List<InputRecord> next = List.of();
        private boolean refusing;

        void deliver(InputRecord... records) {
            next = List.of(records);
        }

        @Override
        public List<InputRecord> poll(Duration timeout) {
            said.add("poll");
            List<InputRecord> records = next;
            next = List.of();
            return records;
        }

        @Override
        public void accept(RecordPosition position) {
            said.add("accept " + position.offset());
        }

        @Override
        public void renew(RecordPosition position) {
            said.add("renew " + position.offset());
            renewing.add(position.offset());
        }

        @Override
        public void commitAsync() {
            said.add("commit");
        }

        @Override
        public void commitSync() {
            said.add("commit and wait");
            if (refusing && !renewing.isEmpty()) {
                loop.refused(P0, renewing);
            }
            renewing.clear();
        }

        @Override
        public long renewAfterNanos() {
            return RENEW_AFTER;
        }
    }
}
