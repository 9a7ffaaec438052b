package dev.forebay.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TallyTest {
    private static final Batch<String> BATCH = new Batch<>(List.of(item(10), item(6)), 16, 16, Batch.Reason.FULL);

    private long now;
    private final Tally tally = new Tally(2, () -> now);

    @Test
    void timeWithoutWorkIsNotIdle() {
        now = 1_000;

        assertThat(tally.stats().of(Total.IDLE_WAITING_NANOS)).isZero();
        assertThat(tally.stats().idleShare()).isZero();
    }

    @Test
    void bothExecutorsAreIdleWhileOneTextWaits() {
        tally.waiting(1);
        now = 10;
        tally.waiting(0);
        now = 50;

        assertThat(tally.stats().of(Total.IDLE_WAITING_NANOS)).isEqualTo(20);
        assertThat(tally.stats().of(Total.WITH_WAITING_NANOS)).isEqualTo(20);
    }

    @Test
    void anExecutorThatIsFreeBesideABusyOneIsIdleWhileSomethingWaits() {
        tally.batchBegan(BATCH, 0);
        tally.waiting(3);
        now = 10;
        tally.batchBegan(BATCH, 0);
        now = 40;
        tally.batchEnded(BATCH, 40);
        now = 45;
        tally.batchBegan(BATCH, 0);
        tally.waiting(0);
        now = 100;
        tally.batchEnded(BATCH, 90);
        tally.batchEnded(BATCH, 55);
        now = 500;

        WorkerStats stats = tally.stats();
        assertThat(stats.of(Total.IDLE_WAITING_NANOS)).isEqualTo(10 + 5);
        assertThat(stats.busyNanos()).isEqualTo(10 + 60 + 5 + 110);
        assertThat(stats.of(Total.WITH_WAITING_NANOS)).isEqualTo(2 * 45);
        assertThat(stats.idleShare()).isEqualTo(15.0 / (15 + 185));
    }

    @Test
    void whatHasNotEndedCountsAsWell() {
        tally.batchBegan(BATCH, 0);
        tally.waiting(2);
        now = 30;

        assertThat(tally.stats().busyNanos()).isEqualTo(30);
        assertThat(tally.stats().of(Total.IDLE_WAITING_NANOS)).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void idleShareIsThatOfASampleAtEveryNanosecond(int executors) {
        Random random = new Random(executors);
        Tally exact = new Tally(executors, () -> now);
        Deque<Long> running = new ArrayDeque<>();
        int waiting = 0;
        long idle = 0;
        long busy = 0;
        for (int step = 0; step < 5_000; step++) {
            int event = random.nextInt(4);
            if (event < 2) {
                waiting = event * (waiting + random.nextInt(3));
                exact.waiting(waiting);
            } else if (event == 2 && running.size() < executors) {
                exact.batchBegan(BATCH, 0);
                running.add(now);
            } else if (event == 3 && !running.isEmpty()) {
                exact.batchEnded(BATCH, now - running.remove());
            }
            for (int nanosecond = random.nextInt(5); nanosecond > 0; nanosecond--) {
                now++;
                idle += waiting > 0 ? executors - running.size() : 0;
                busy += running.size();
            }
        }

        assertThat(exact.stats().of(Total.IDLE_WAITING_NANOS)).isEqualTo(idle);
        assertThat(exact.stats().busyNanos()).isEqualTo(busy);
    }

    @Test
    void addsUpBatchesAndOutcomes() {
        tally.batchEnded(BATCH, 5);
        tally.batchEnded(new Batch<>(List.of(item(8)), 8, 8, Batch.Reason.IDLE), 5);
        tally.answered();
        tally.refused(ReasonCode.EXPIRED);
        tally.refused(ReasonCode.MODEL_ERROR);
        tally.refused(ReasonCode.MODEL_ERROR);

        WorkerStats stats = tally.stats();
        assertThat(stats.batches()).isEqualTo(2);
        assertThat(stats.batchesByReason()).containsEntry(Batch.Reason.FULL, 1L).containsEntry(Batch.Reason.DRAIN, 0L);
        assertThat(stats.meanBatchSize()).isEqualTo(1.5);
        assertThat(stats.paddingShare()).isEqualTo(1 - 24.0 / 40);
        assertThat(stats.results()).isEqualTo(1);
        assertThat(stats.rejections()).isEqualTo(1);
        assertThat(stats.deadLetters()).isEqualTo(2);
        assertThat(stats.refusals()).containsOnlyKeys(ReasonCode.EXPIRED, ReasonCode.MODEL_ERROR);
    }

    @Test
    void sinceAnEarlierMomentCountsOnlyWhatCameAfter() {
        tally.batchEnded(BATCH, 5);
        tally.refused(ReasonCode.EXPIRED);
        WorkerStats earlier = tally.stats();
        tally.batchEnded(BATCH, 5);
        tally.answered();

        WorkerStats since = tally.stats().since(earlier);
        assertThat(since.batches()).isEqualTo(1);
        assertThat(since.items()).isEqualTo(2);
        assertThat(since.results()).isEqualTo(1);
        assertThat(since.rejections()).isZero();
    }

    private static Item<String> item(int tokens) {
        return new Item<>("", tokens, 0, Item.NO_DEADLINE);
    }
}
