package dev.forebay.deploy.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.deploy.evaluation.Measure;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationStudyTest {
    /** Sure of itself and wrong: right half as often as it says. */
    private static double bold(double score) {
        return score / 2;
    }

    @Test
    void boldScoresBecomeWhatTheyAreWorth() {
        CalibrationStudy study = CalibrationStudy.of(Answered.with(CalibrationStudyTest::bold, 2_000, 1));

        Comparison error = study.comparisons().get(0);
        assertThat(error.before().value()).isCloseTo(0.275, within(0.03));
        assertThat(error.after().value()).isLessThan(study.byChance() + 0.02);
        assertThat(error.change().interval().high()).isNegative();
        assertThat(study.isBetter()).isTrue();
        assertThat(study.calibration().probability(0.8)).isCloseTo(0.4, within(0.06));
    }

    @Test
    void scoresThatAreExactAreNotMadeOutToBeBetter() {
        int better = 0;
        for (int seed = 0; seed < 20; seed++) {
            better += CalibrationStudy.of(Answered.with(score -> score, 300, seed))
                            .isBetter()
                    ? 1
                    : 0;
        }
        assertThat(better).isLessThanOrEqualTo(2);
    }

    @Test
    void curveThatALogisticHasIsFittedByOneAndAStepByTheRegression() {
        assertThat(CalibrationStudy.of(Answered.with(score -> score, 400, 4)).method())
                .isEqualTo(Method.LOGISTIC);
        assertThat(CalibrationStudy.of(Answered.with(score -> score < 0.55 ? 0.1 : 0.6, 4_000, 4))
                        .method())
                .isEqualTo(Method.ISOTONIC);
    }

    /** If a fold had seen its own examples, noise would look like knowledge. */
    @Test
    void noFoldHasSeenItsOwnExamples() {
        List<Judged> noise = Answered.with(score -> 0.5, 300, 9);

        List<Judged> calibrated = CrossValidation.calibrated(noise, Method.ISOTONIC, 1);

        assertThat(Measure.LOG_LOSS.of(calibrated)).isGreaterThan(Math.log(2));
        List<Judged> seen = noise.stream()
                .map(answer ->
                        new Judged(Method.ISOTONIC.fit(noise).probability(answer.confidence()), answer.isRight()))
                .toList();
        assertThat(Measure.LOG_LOSS.of(seen)).isLessThan(Math.log(2));
    }

    @Test
    void foldsAreOfOneSize() {
        List<Integer> folds = CrossValidation.folds(1_003, 1);

        for (int fold = 0; fold < CrossValidation.FOLDS; fold++) {
            assertThat(Collections.frequency(folds, fold)).isBetween(100, 101);
        }
    }

    @Test
    void thresholdsAnswerTheSharesThatTheySay() {
        List<Judged> answers = Answered.with(score -> score, 1_000, 6);
        CalibrationStudy study = CalibrationStudy.of(answers);

        assertThat(study.thresholds()).hasSizeGreaterThan(15);
        assertThat(study.thresholds().get(0).answered()).isEqualTo(1_000);
        for (Threshold threshold : study.thresholds()) {
            List<Judged> through = answers.stream()
                    .filter(answer -> study.calibration().probability(answer.confidence()) >= threshold.below())
                    .toList();
            assertThat(threshold.answered()).isEqualTo(through.size());
            assertThat((long) threshold.right())
                    .isEqualTo(through.stream().filter(Judged::isRight).count());
            assertThat(threshold.surely()).isLessThan(threshold.accuracy());
        }
    }

    /** The promise: whoever asks for a precision gets it, all but one time in twenty. */
    @Test
    void thresholdThatIsFoundForAPrecisionHoldsItOnAllThatMayCome() {
        double wanted = 0.8;
        int found = 0;
        int broken = 0;
        for (int seed = 0; seed < 150; seed++) {
            CalibrationStudy study = study(Answered.with(score -> score, 1_000, seed));
            var threshold = study.reaching(wanted);
            if (threshold.isPresent()) {
                found++;
                broken += trueAccuracy(study, threshold.get().below()) < wanted ? 1 : 0;
            }
        }
        assertThat(found).as("found").isGreaterThan(100);
        assertThat(broken).as("broken").isLessThanOrEqualTo(7);
    }

    /** Without the intervals, which take long. */
    private static CalibrationStudy study(List<Judged> answers) {
        var calibration = Method.LOGISTIC.fit(answers);
        return new CalibrationStudy(calibration, Method.LOGISTIC, "", List.of(), 0, Threshold.of(answers, calibration));
    }

    /** Of scores that are exact and spread evenly from 0.1 to 1, the mean of those that pass. */
    private static double trueAccuracy(CalibrationStudy study, double below) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < 9_000; i++) {
            double score = 0.1 + i / 10_000.0;
            if (study.calibration().probability(score) >= below) {
                sum += score;
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void precisionThatNothingReachesHasNoThreshold() {
        assertThat(study(Answered.with(score -> 0.5, 400, 1)).reaching(0.9)).isEmpty();
        assertThat(study(Answered.with(score -> 1, 30, 1)).reaching(0.99)).isEmpty();
    }

    @Test
    void scoresThatAreAllAlikeHaveOneThreshold() {
        List<Judged> same = Collections.nCopies(40, new Judged(0.7, true));

        assertThat(CalibrationStudy.of(same).thresholds()).singleElement().satisfies(only -> assertThat(only.answered())
                .isEqualTo(40));
    }
}
