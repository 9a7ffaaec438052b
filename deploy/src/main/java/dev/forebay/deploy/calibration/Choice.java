package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.deploy.evaluation.Measure;
import java.util.List;
import java.util.Locale;

/**
 * The method that fits, with why: the one of the lower log loss in cross-validation; but isotonic regression, which may bend
 * as it likes, has to be better by more than a standard error (as Breiman et al. 1984 choose among trees).
 *
 * @param calibrated the answers with their cross-validated confidence
 */
record Choice(Method method, List<Judged> calibrated, String why) {
    static Choice of(List<Judged> answers, long seed) {
        List<Judged> logistic = CrossValidation.calibrated(answers, Method.LOGISTIC, seed);
        List<Judged> isotonic = CrossValidation.calibrated(answers, Method.ISOTONIC, seed);
        double[] gains = new double[answers.size()];
        double gain = 0;
        for (int i = 0; i < gains.length; i++) {
            gains[i] = Measure.logLoss(logistic.get(i)) - Measure.logLoss(isotonic.get(i));
            gain += gains[i] / gains.length;
        }
        double error = standardError(gains, gain);
        boolean bends = gain > error;
        String why = String.format(
                Locale.ROOT,
                "log loss %.4f by logistic scaling, %.4f by isotonic regression, which %s better by a standard error (%.4f)",
                Measure.LOG_LOSS.of(logistic),
                Measure.LOG_LOSS.of(isotonic),
                bends ? "is" : "is not",
                error);
        return bends ? new Choice(Method.ISOTONIC, isotonic, why) : new Choice(Method.LOGISTIC, logistic, why);
    }

    private static double standardError(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1) / values.length);
    }
}
