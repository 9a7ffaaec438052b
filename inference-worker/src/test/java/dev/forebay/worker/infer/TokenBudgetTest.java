package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenBudgetTest {
    private final List<Integer> told = new ArrayList<>();
    private final TokenBudget budget = new TokenBudget(1024, (now, learned, halvings) -> told.add(now));

    @Test
    void startsAtWhatWasLearnedAndSaysSo() {
        assertThat(budget.now()).isEqualTo(1024);
        assertThat(told).containsExactly(1024);
    }

    @Test
    void aFullBatchThatRanOutOfMemoryHalvesIt() {
        budget.ranOutOfMemory(1024);

        assertThat(budget.now()).isEqualTo(512);
    }

    @Test
    void batchesThatRanOutBesideOneAnotherHalveItOnce() {
        budget.ranOutOfMemory(1024);
        budget.ranOutOfMemory(1000);
        budget.ranOutOfMemory(1024);

        assertThat(budget.now()).isEqualTo(500);
    }

    @Test
    void aSmallBatchThatRanOutLowersItBelowItself() {
        budget.ranOutOfMemory(200);

        assertThat(budget.now()).isEqualTo(100);
    }

    @Test
    void itNeverBecomesLessThanOneToken() {
        budget.ranOutOfMemory(1);
        budget.ranOutOfMemory(1);

        assertThat(budget.now()).isEqualTo(1);
    }

    @Test
    void itRisesByASixteenthForEverySixtyFourFullBatches() {
        budget.ranOutOfMemory(1024);

        full(63);
        assertThat(budget.now()).isEqualTo(512);
        full(1);
        assertThat(budget.now()).isEqualTo(576);
        full(64);
        assertThat(budget.now()).isEqualTo(640);
    }

    @Test
    void theSizeThatRanOutLastIsTriedAgainLateAndEachTimeLater() {
        budget.ranOutOfMemory(640);
        assertThat(budget.now()).isEqualTo(320);

        full(4 * 64);
        assertThat(budget.now()).isEqualTo(576);
        full(1_023);
        assertThat(budget.now()).isEqualTo(576);
        full(1);
        assertThat(budget.now()).isEqualTo(640);

        budget.ranOutOfMemory(640);
        full(4 * 64 + 2_047);
        assertThat(budget.now()).isEqualTo(576);
        full(1);
        assertThat(budget.now()).isEqualTo(640);
    }

    @Test
    void whereMemoryIsBackItReturnsToWhatWasLearnedAndNoFurther() {
        budget.ranOutOfMemory(640);

        full(4 * 64 + 1_024 + 6 * 64);
        assertThat(budget.now()).isEqualTo(1024);
        full(100_000);
        assertThat(budget.now()).isEqualTo(1024);
    }

    @Test
    void everyChangeIsTold() {
        List<Long> halvings = new ArrayList<>();
        TokenBudget counted = new TokenBudget(64, (now, learned, count) -> halvings.add(count));

        counted.ranOutOfMemory(64);
        counted.ranOutOfMemory(64);
        counted.ranOutOfMemory(32);

        assertThat(halvings).containsExactly(0L, 1L, 2L);
    }

    private void full(int batches) {
        for (int i = 0; i < batches; i++) {
            budget.ranFull();
        }
    }
}
