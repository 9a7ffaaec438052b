package dev.forebay.deploy.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import dev.forebay.processors.confidence.Calibration.Point;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
    @Test
    void noOtherPairOfParametersFitsBetterThanTheOneFound() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            double slope = 0.3 + 2 * random.nextDouble();
            double intercept = random.nextGaussian();
            List<Judged> answers = Answered.with(
                    score -> new LogisticFit(slope, intercept).probability(score), 40 + random.nextInt(400), seed);

            LogisticFit fit = LogisticFit.of(answers);
            double[] searched = searched(answers);

            assertThat(loss(answers, fit.slope(), fit.intercept()))
                    .as("seed " + seed)
                    .isLessThanOrEqualTo(loss(answers, searched[0], searched[1]) + 1e-6);
            assertThat(fit.slope()).as("seed " + seed).isCloseTo(searched[0], within(0.01));
            assertThat(fit.intercept()).as("seed " + seed).isCloseTo(searched[1], within(0.01));
        }
    }

    /** The same optimum by a search that knows no derivative: the better of its neighbours, then closer ones. */
    private static double[] searched(List<Judged> answers) {
        double[] best = {0, 0};
        double least = loss(answers, 0, 0);
        for (double step = 1; step > 1e-5; ) {
            double[] from = best.clone();
            for (double[] way : new double[][] {
                {step, 0}, {-step, 0}, {0, step}, {0, -step}, {step, -step}, {-step, step}, {step, step}, {-step, -step}
            }) {
                double a = Math.max(0, from[0] + way[0]);
                double b = from[1] + way[1];
                double loss = loss(answers, a, b);
                if (loss < least) {
                    least = loss;
                    best = new double[] {a, b};
                }
            }
            step = best[0] == from[0] && best[1] == from[1] ? step / 2 : step;
        }
        return best;
    }

    private static double loss(List<Judged> answers, double slope, double intercept) {
        Targets targets = Targets.of(answers);
        double loss = 0;
        for (Judged answer : answers) {
            double p = new LogisticFit(slope, intercept).probability(answer.confidence());
            double t = targets.of(answer);
            loss -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
        }
        return loss;
    }

    @Test
    void scoresThatAreExactAreLeftAsTheyAre() {
        LogisticFit fit = LogisticFit.of(Answered.with(score -> score, 50_000, 1));

        assertThat(fit.slope()).isCloseTo(1, within(0.05));
        assertThat(fit.intercept()).isCloseTo(0, within(0.05));
    }

    @Test
    void scoresThatMisleadGiveTheShareThatIsRight() {
        List<Judged> answers = Answered.with(score -> 1 - score, 2_000, 2);
        double right = answers.stream().filter(Judged::isRight).count() / 2_000.0;

        Calibration calibration = Method.LOGISTIC.fit(answers);

        assertThat(calibration.probability(0.2)).isCloseTo(right, within(0.01));
        assertThat(calibration.probability(0.9)).isEqualTo(calibration.probability(0.2));
    }

    @Test
    void answersThatAreAllAlikeGiveNoCertainty() {
        List<Judged> same = Stream.generate(() -> new Judged(1, true)).limit(30).toList();

        assertThat(Method.LOGISTIC.fit(same).points()).containsExactly(new Point(1, Digits.rounded(31.0 / 32)));
    }

    @Test
    void separableAnswersDoNotRunAway() {
        List<Judged> answers = Answered.with(score -> score < 0.5 ? 0 : 1, 300, 3);

        Calibration calibration = Method.LOGISTIC.fit(answers);

        assertThat(calibration.probability(0.99)).isGreaterThan(0.97).isLessThan(1);
        assertThat(calibration.probability(0.12)).isLessThan(0.03).isGreaterThan(0);
    }

    @Test
    void linesBetweenThePointsStayCloseToTheCurve() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            LogisticFit fit = new LogisticFit(3 * random.nextDouble(), 2 * random.nextGaussian());
            double lowest = 0.02 * random.nextDouble();
            List<Judged> answers = Stream.concat(
                            Collections.nCopies(500, new Judged(lowest, false)).stream(),
                            Collections.nCopies(500, new Judged(1, true)).stream())
                    .toList();

            Calibration calibration = fit.over(answers);

            assertThat(calibration.points()).hasSizeLessThanOrEqualTo(200);
            for (int i = 1; i < 2_000; i++) {
                double score = lowest + (1 - lowest) * i / 2_000.0;
                assertThat(calibration.probability(score))
                        .as("seed " + seed + ", " + fit + " at " + score)
                        .isCloseTo(Targets.of(answers).held(fit.probability(score)), within(2 * LogisticFit.CLOSE));
            }
        }
    }
}
