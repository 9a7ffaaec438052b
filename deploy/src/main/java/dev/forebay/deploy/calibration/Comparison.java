package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Bootstrap;
import dev.forebay.deploy.evaluation.Interval;
import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.deploy.evaluation.Measure;
import java.util.ArrayList;
import java.util.List;

/** A measure of the scores as they are beside that of the calibrated confidences, each with its 95 % interval. */
public record Comparison(Measure measure, Estimate before, Estimate after, Estimate change) {
    public record Estimate(double value, Interval interval) {}

    /** @param after of the same examples in the same order, by calibrations that have not seen them */
    static Comparison of(Measure measure, List<Judged> before, List<Judged> after, long seed) {
        Bootstrap bootstrap = new Bootstrap(before.size(), seed);
        double[] ofBefore = bootstrap.of(chosen -> measure.of(at(chosen, before)));
        double[] ofAfter = bootstrap.of(chosen -> measure.of(at(chosen, after)));
        double[] ofChange = new double[ofAfter.length];
        for (int i = 0; i < ofChange.length; i++) {
            ofChange[i] = ofAfter[i] - ofBefore[i];
        }
        double was = measure.of(before);
        double is = measure.of(after);
        return new Comparison(
                measure,
                new Estimate(was, Bootstrap.interval(ofBefore)),
                new Estimate(is, Bootstrap.interval(ofAfter)),
                new Estimate(is - was, Bootstrap.interval(ofChange)));
    }

    private static List<Judged> at(int[] chosen, List<Judged> answers) {
        List<Judged> resampled = new ArrayList<>(chosen.length);
        for (int index : chosen) {
            resampled.add(answers.get(index));
        }
        return resampled;
    }
}
