package dev.forebay.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
    @Test
    void quantilesAreWithinOnePercentOfTheSortedValues() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            LatencyHistogram histogram = new LatencyHistogram();
            long[] values = random.longs(5_000)
                    .map(bits -> (bits >>> 1) >>> random.nextInt(63))
                    .toArray();
            Arrays.stream(values).forEach(histogram::add);
            Arrays.sort(values);

            for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
                long exact = values[(int) Math.ceil(share * values.length) - 1];
                assertThat(histogram.quantile(share))
                        .as("seed %d, share %s", seed, share)
                        .isCloseTo(exact, withPercentage(1));
            }
        }
    }

    @Test
    void smallValuesAreExact() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int millis = 1; millis <= 200; millis++) {
            histogram.add(millis);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(100);
        assertThat(histogram.quantile(0.99)).isEqualTo(198);
    }

    @Test
    void nothingMeasuredIsZero() {
        assertThat(new LatencyHistogram().quantile(0.99)).isZero();
    }

    @Test
    void clockThatWasSetBackCountsAsNoWait() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(-5);

        assertThat(histogram.quantile(1)).isZero();
    }
}
