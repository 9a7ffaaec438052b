package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Binomial;
import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a threshold of the confidence would do to the examples.
 *
 * @param below the confidence that an answer needs
 * @param answered how many have it
 * @param right how many of these are right
 * @param surely a lower bound of the share that is right among those that have it; see {@link #of}
 */
public record Threshold(double below, int answered, int right, double surely) {
    /** One after each twentieth of the examples. */
    static final int MOST = 20;

    private static final double ALPHA = 0.05;

    public double accuracy() {
        return (double) right / answered;
    }

    /**
     * The thresholds that answer all examples, 95 % of them, and so on, as far as the calibration can part these from the
     * rest.
     *
     * <p>Whom a threshold lets through follows from the scores alone, never from which answers were right: so the bounds,
     * which are those of Clopper &amp; Pearson at a twentieth of 0.05 (Bonferroni), hold all at once in 95 % of samples,
     * and whoever takes the threshold that suits him best does not fool himself.
     */
    static List<Threshold> of(List<Judged> answers, Calibration calibration) {
        double[] scores =
                answers.stream().mapToDouble(Judged::confidence).sorted().toArray();
        List<Threshold> thresholds = new ArrayList<>();
        for (int i = MOST; i > 0; i--) {
            int count = (int) Math.ceil((double) i * scores.length / MOST);
            double lowest = scores[scores.length - count];
            double below = Digits.floor(calibration.probability(lowest));
            Threshold threshold = of(answers, calibration, below);
            boolean parts = threshold.answered
                    == answers.stream()
                            .filter(answer -> answer.confidence() >= lowest)
                            .count();
            boolean isNew =
                    thresholds.isEmpty() || thresholds.get(thresholds.size() - 1).answered != threshold.answered;
            if (parts && isNew) {
                thresholds.add(threshold);
            }
        }
        return thresholds;
    }

    private static Threshold of(List<Judged> answers, Calibration calibration, double below) {
        int answered = 0;
        int right = 0;
        for (Judged answer : answers) {
            if (calibration.probability(answer.confidence()) >= below) {
                answered++;
                right += answer.isRight() ? 1 : 0;
            }
        }
        return new Threshold(below, answered, right, Binomial.lowerBound(right, answered, ALPHA / MOST));
    }
}
