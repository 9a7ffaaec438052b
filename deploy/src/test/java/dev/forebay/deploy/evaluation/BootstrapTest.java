package dev.forebay.deploy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void intervalOfAMeanIsThatOfItsStandardError() {
        double[] values = new Random(1).doubles(400).toArray();
        double error = 1 / Math.sqrt(12 * 400.0);

        Interval interval = Bootstrap.interval(new Bootstrap(400, 1).of(mean(values)));

        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * error, within(0.3 * error));
        assertThat(interval.contains(0.5)).isTrue();
    }

    @Test
    void trueMeanIsWithinAboutAsOftenAsPromised() {
        int within = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[] values = new Random(seed).doubles(100).toArray();
            within += Bootstrap.interval(new Bootstrap(100, seed).of(mean(values)))
                            .contains(0.5)
                    ? 1
                    : 0;
        }
        assertThat(within).isBetween(176, 198);
    }

    @Test
    void sameSeedGivesTheSame() {
        double[] values = new Random(1).doubles(50).toArray();

        assertThat(new Bootstrap(50, 7).of(mean(values))).isEqualTo(new Bootstrap(50, 7).of(mean(values)));
    }

    private static ToDoubleFunction<int[]> mean(double[] values) {
        return chosen -> {
            double sum = 0;
            for (int index : chosen) {
                sum += values[index];
            }
            return sum / chosen.length;
        };
    }
}
