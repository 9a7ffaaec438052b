package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Chance;
import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.deploy.evaluation.Measure;
import dev.forebay.processors.confidence.Calibration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The calibration that answers to labelled examples give, and how far it can be believed.
 *
 * @param comparisons of every measure, by cross-validation
 * @param byChance the calibration error that an exact calibration would show on as many examples
 * @param thresholds from the one that answers all
 */
public record CalibrationStudy(
        Calibration calibration,
        Method method,
        String why,
        List<Comparison> comparisons,
        double byChance,
        List<Threshold> thresholds) {
    /** Fewer than this cannot be divided into folds that say anything. */
    public static final int LEAST_EXAMPLES = 2 * CrossValidation.FOLDS;

    private static final long SEED = 1;

    /** @param answers with their scores, at least {@link #LEAST_EXAMPLES}, no two of the same text */
    public static CalibrationStudy of(List<Judged> answers) {
        Choice choice = Choice.of(answers, SEED);
        Calibration calibration = choice.method().fit(answers);
        return new CalibrationStudy(
                calibration,
                choice.method(),
                choice.why(),
                Arrays.stream(Measure.values())
                        .map(measure -> Comparison.of(measure, answers, choice.calibrated(), SEED))
                        .toList(),
                Chance.mean(Measure.CALIBRATION_ERROR, choice.calibrated(), SEED),
                Threshold.of(answers, calibration));
    }

    /** The threshold that answers most of those that are right as often as asked, surely; empty where there is none. */
    public Optional<Threshold> reaching(double accuracy) {
        return thresholds.stream()
                .filter(threshold -> threshold.surely() >= accuracy)
                .max(Comparator.comparingInt(Threshold::answered));
    }

    /** Whether the log loss of calibrated confidences is surely below that of the scores. */
    public boolean isBetter() {
        return comparisons.stream()
                .filter(comparison -> comparison.measure() == Measure.LOG_LOSS)
                .allMatch(comparison -> comparison.change().interval().high() < 0);
    }
}
