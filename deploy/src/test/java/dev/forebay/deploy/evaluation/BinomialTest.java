package dev.forebay.deploy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {
    /** Where all are right, the bound is alpha to the power of one nth; where none is, 0. */
    @ParameterizedTest
    @CsvSource({"1, 0.05", "10, 0.05", "59, 0.05", "1000, 0.0025"})
    void boundOfAllIsKnownInClosedForm(int trials, double alpha) {
        assertThat(Binomial.lowerBound(trials, trials, alpha)).isCloseTo(Math.pow(alpha, 1.0 / trials), within(1e-9));
        assertThat(Binomial.lowerBound(0, trials, alpha)).isZero();
    }

    /** For one of n, P(at least one) = 1 - (1 - p)^n. */
    @Test
    void boundOfOneIsKnownInClosedForm() {
        assertThat(Binomial.lowerBound(1, 40, 0.05)).isCloseTo(1 - Math.pow(0.95, 1 / 40.0), within(1e-9));
    }

    @Test
    void boundOfManyIsCloseToThatOfTheNormalDistribution() {
        double error = Math.sqrt(0.9 * 0.1 / 20_000);

        assertThat(Binomial.lowerBound(18_000, 20_000, 0.05)).isCloseTo(0.9 - 1.645 * error, within(0.1 * error));
    }

    @Test
    void trueRateIsBelowTheBoundNoMoreOftenThanAllowed() {
        Random random = new Random(11);
        int below = 0;
        for (int i = 0; i < 4_000; i++) {
            double rate = 0.5 + random.nextDouble() / 2;
            int successes = 0;
            for (int j = 0; j < 60; j++) {
                successes += random.nextDouble() < rate ? 1 : 0;
            }
            below += rate < Binomial.lowerBound(successes, 60, 0.05) ? 1 : 0;
        }
        // 200 and four standard deviations at most; and not so few that the bound were useless
        assertThat(below).isBetween(80, 255);
    }
}
