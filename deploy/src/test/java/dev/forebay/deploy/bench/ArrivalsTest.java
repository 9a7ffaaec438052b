package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    @Test
    void arrivalsAreFixedBeforehandInOrderAndAtTheRateAskedFor() {
        Duration duration = Duration.ofSeconds(100);
        long[] arrivals = Arrivals.poisson(50, duration, 3);

        assertThat(arrivals).isSorted().isEqualTo(Arrivals.poisson(50, duration, 3));
        assertThat((double) arrivals.length).isCloseTo(5_000, within(250.0));
        assertThat(arrivals[arrivals.length - 1]).isLessThan(duration.toNanos());
    }

    @Test
    void gapsVaryAsThoseOfIndependentCallersDo() {
        long[] arrivals = Arrivals.poisson(1_000, Duration.ofSeconds(20), 3);
        int shorterThanMean = 0;
        for (int i = 1; i < arrivals.length; i++) {
            shorterThanMean += arrivals[i] - arrivals[i - 1] < 1_000_000 ? 1 : 0;
        }

        // 1 - 1/e of exponential gaps
        assertThat(shorterThanMean / (double) arrivals.length).isCloseTo(0.632, within(0.02));
    }
}
