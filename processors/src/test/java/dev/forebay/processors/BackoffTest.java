package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void waitsGrowToTheLongest() {
        assertThat(backoff.afterFault(seconds(0))).hasSeconds(1);
        assertThat(backoff.afterFault(seconds(1))).hasSeconds(2);
        assertThat(backoff.afterFault(seconds(3))).hasSeconds(4);
        assertThat(backoff.afterFault(seconds(7))).hasSeconds(5);
        assertThat(backoff.afterFault(seconds(12))).hasSeconds(5);
    }

    @Test
    void waitIsShortAgainAfterAQuietTime() {
        assertThat(backoff.afterFault(seconds(0))).hasSeconds(1);
        assertThat(backoff.afterFault(seconds(1))).hasSeconds(2);

        assertThat(backoff.afterFault(seconds(9))).hasSeconds(1);
    }

    @Test
    void clockMayBeginAnywhere() {
        for (long start : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE - 10}) {
            Backoff fresh = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

            assertThat(fresh.afterFault(start)).hasSeconds(1);
            assertThat(fresh.afterFault(start + seconds(1))).hasSeconds(2);
        }
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
