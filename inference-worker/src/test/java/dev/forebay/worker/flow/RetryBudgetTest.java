package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
    private final long[] clock = new long[1];
    private final RetryBudget budget = new RetryBudget(() -> clock[0]);

    @Test
    void whatWasSavedUpIsTakenAtOnceAndTheRestWaitsForItsTurn() {
        for (int i = 0; i < RetryBudget.MOST; i++) {
            assertThat(budget.take()).as("retry %d", i).isZero();
        }
        assertThat(budget.take()).isEqualTo(Duration.ofMillis(100));
        assertThat(budget.take()).isEqualTo(Duration.ofMillis(200));

        clock[0] = TimeUnit.SECONDS.toNanos(1);
        assertThat(budget.take()).as("ten came in, two were owed").isZero();
    }

    @Test
    void whereEverythingFailsRetriesAreAFewASecondInTheLongRun() {
        Duration wait = Duration.ZERO;
        for (int i = 0; i < 10_000; i++) {
            wait = budget.take();
        }
        assertThat(wait.toSeconds()).isEqualTo((10_000 - (long) RetryBudget.MOST) / (long) RetryBudget.PER_SECOND);
    }

    @Test
    void whereMostSucceedsAFifthOfItMayBeTriedAgain() {
        for (int i = 0; i < 10_000; i++) {
            budget.ended();
            if (i % 5 == 4) {
                assertThat(budget.take()).as("after %d", i).isZero();
            }
        }
    }
}
