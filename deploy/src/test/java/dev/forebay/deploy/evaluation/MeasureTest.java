package dev.forebay.deploy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final List<Judged> FOUR =
            List.of(new Judged(0.9, true), new Judged(0.8, false), new Judged(0.3, false), new Judged(0.6, true));

    @Test
    void brierScoreAndLogLossAreThoseOfTheirFormulas() {
        assertThat(Measure.BRIER_SCORE.of(FOUR)).isCloseTo((0.01 + 0.64 + 0.09 + 0.16) / 4, within(1e-12));
        assertThat(Measure.LOG_LOSS.of(FOUR))
                .isCloseTo(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.7) + Math.log(0.6)) / 4, within(1e-12));
    }

    @Test
    void sureAnswerThatIsWrongCostsMuchAndNotEverything() {
        assertThat(Measure.logLoss(new Judged(1, false))).isCloseTo(-Math.log(1e-6), within(1e-9));
    }

    @Test
    void calibrationErrorIsTheMeanGapOfTheBins() {
        List<Judged> answers = new ArrayList<>();
        // Fifteen bins of ten, each of one confidence; those of the upper seven are all right.
        for (int bin = 0; bin < 15; bin++) {
            for (int i = 0; i < 10; i++) {
                answers.add(new Judged((bin + 0.5) / 15, bin >= 8));
            }
        }
        double expected = 0;
        for (int bin = 0; bin < 15; bin++) {
            expected += Math.abs((bin + 0.5) / 15 - (bin >= 8 ? 1 : 0)) / 15;
        }

        assertThat(Measure.CALIBRATION_ERROR.of(answers)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void equalConfidencesAreOneBinSoThatTheOrderDoesNotCount() {
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(new Judged(0.5, i < 50));
        }
        assertThat(Measure.CALIBRATION_ERROR.of(answers)).isZero();

        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            answers.add(new Judged(random.nextInt(7) / 6.0, random.nextBoolean()));
        }
        double error = Measure.CALIBRATION_ERROR.of(answers);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(answers, random);
            assertThat(Measure.CALIBRATION_ERROR.of(answers)).isCloseTo(error, within(1e-12));
        }
    }

    @Test
    void calibrationErrorOfExactConfidencesIsOfChanceAndFallsWithTheirNumber() {
        double few = Measure.CALIBRATION_ERROR.of(exact(300, 1));
        double many = Measure.CALIBRATION_ERROR.of(exact(30_000, 1));

        assertThat(few).isBetween(0.02, 0.12);
        assertThat(many).isLessThan(few / 4);
        // What chance explains, and no more.
        assertThat(Chance.mean(Measure.CALIBRATION_ERROR, exact(300, 1), 1)).isCloseTo(few, within(0.04));
        assertThat(Chance.mean(Measure.CALIBRATION_ERROR, exact(30_000, 1), 1)).isCloseTo(many, within(0.004));
    }

    @Test
    void aGapThatIsThereIsFoundBesideChance() {
        List<Judged> bold = exact(30_000, 2).stream()
                .map(answer -> new Judged(Math.min(1, answer.confidence() + 0.1), answer.isRight()))
                .toList();

        assertThat(Measure.CALIBRATION_ERROR.of(bold)).isCloseTo(0.095, within(0.01));
    }

    static List<Judged> exact(int size, long seed) {
        Random random = new Random(seed);
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double confidence = random.nextDouble();
            answers.add(new Judged(confidence, random.nextDouble() < confidence));
        }
        return answers;
    }
}
