package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SEED = 7;

    private final Backoff bounds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 1);

    @Test
    void boundsGrowToTheLongest() {
        assertThat(bounds.afterFault(seconds(0))).hasSeconds(1);
        assertThat(bounds.afterFault(seconds(1))).hasSeconds(2);
        assertThat(bounds.afterFault(seconds(3))).hasSeconds(4);
        assertThat(bounds.afterFault(seconds(7))).hasSeconds(5);
        assertThat(bounds.afterFault(seconds(12))).hasSeconds(5);
    }

    @Test
    void boundIsSmallAgainAfterAQuietTime() {
        assertThat(bounds.afterFault(seconds(0))).hasSeconds(1);
        assertThat(bounds.afterFault(seconds(1))).hasSeconds(2);

        assertThat(bounds.afterFault(seconds(9))).hasSeconds(1);
    }

    @Test
    void clockMayBeginAnywhere() {
        for (long start : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE - 10}) {
            Backoff fresh = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 1);

            assertThat(fresh.afterFault(start)).hasSeconds(1);
            assertThat(fresh.afterFault(start + seconds(1))).hasSeconds(2);
        }
    }

    @Test
    void waitIsSpreadOverAllOfItsBound() {
        Random random = new Random(SEED);
        Backoff backoff = new Backoff(Duration.ofSeconds(8), Duration.ofSeconds(8), random::nextDouble);
        int[] quarters = new int[4];

        for (int i = 0; i < 4_000; i++) {
            Duration wait = backoff.afterFault(i);
            quarters[(int) (wait.toMillis() / 2_000)]++;
        }

        for (int count : quarters) {
            assertThat(count).as("seed %d", SEED).isBetween(850, 1_150);
        }
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
