package dev.forebay.deploy.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How far confidences are from what came true; the lower the better. */
public enum Measure {
    /**
     * The expected calibration error of Naeini, Cooper &amp; Hauskrecht (2015), over {@value #BINS} bins of as many answers
     * each: the mean distance of a bin's accuracy from its mean confidence. Equal confidences are never parted, so that
     * the order of the examples does not count. It overstates: by chance alone bins are off, the more the smaller they are.
     */
    CALIBRATION_ERROR {
        @Override
        public double of(List<Judged> answers) {
            Judged[] sorted = answers.toArray(Judged[]::new);
            Arrays.sort(sorted, Comparator.comparingDouble(Judged::confidence));
            double error = 0;
            int from = 0;
            while (from < sorted.length) {
                int to = endOfBin(sorted, from);
                double gap = 0;
                for (int i = from; i < to; i++) {
                    gap += sorted[i].outcome() - sorted[i].confidence();
                }
                error += Math.abs(gap);
                from = to;
            }
            return error / sorted.length;
        }
    },
    /** The mean squared distance of the confidence from 1 where the answer is right, from 0 where it is not (Brier 1950). */
    BRIER_SCORE {
        @Override
        public double of(List<Judged> answers) {
            double sum = 0;
            for (Judged answer : answers) {
                double distance = answer.confidence() - answer.outcome();
                sum += distance * distance;
            }
            return sum / answers.size();
        }
    },
    /** The mean of the negative natural logarithm of the confidence in what came true. */
    LOG_LOSS {
        @Override
        public double of(List<Judged> answers) {
            double sum = 0;
            for (Judged answer : answers) {
                sum += logLoss(answer);
            }
            return sum / answers.size();
        }
    };

    public static final int BINS = 15;

    /** One sure answer that is wrong would make any mean infinite. */
    private static final double SUREST = 1e-6;

    /** @param answers at least one, of confidences from 0 to 1 */
    public abstract double of(List<Judged> answers);

    /** Of one answer; its confidence counts as 0.000001 from 0 and 1 at least. */
    public static double logLoss(Judged answer) {
        double held = Math.max(SUREST, Math.min(1 - SUREST, answer.confidence()));
        return -Math.log(answer.isRight() ? held : 1 - held);
    }

    /** The bin that begins at an answer ends where the next fifteenth does, or with the last of those that are equal there. */
    private static int endOfBin(Judged[] sorted, int from) {
        long bin = (long) from * BINS / sorted.length + 1;
        int to = Math.max(from + 1, (int) ((bin * sorted.length + BINS - 1) / BINS));
        while (to < sorted.length && sorted[to].confidence() == sorted[to - 1].confidence()) {
            to++;
        }
        return Math.min(to, sorted.length);
    }
}
