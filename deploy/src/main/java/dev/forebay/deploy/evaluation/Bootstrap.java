package dev.forebay.deploy.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals from resampling with replacement (Efron 1979). One resample serves several lists of answers to the
 * same examples, so that their difference has an interval of its own.
 */
public final class Bootstrap {
    static final int RESAMPLES = 1_000;
    private static final double TAIL = 0.025;

    private final int size;
    private final long seed;

    /** @param size how many examples there are, at least 1 */
    public Bootstrap(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    /**
     * A figure of each resample, in an order that is the same for every figure.
     *
     * @param figure of the examples at these indexes, some of which come several times
     */
    public double[] of(ToDoubleFunction<int[]> figure) {
        Random random = new Random(seed);
        double[] figures = new double[RESAMPLES];
        int[] chosen = new int[size];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < size; j++) {
                chosen[j] = random.nextInt(size);
            }
            figures[i] = figure.applyAsDouble(chosen);
        }
        return figures;
    }

    /** The middle 95 % of the figures of the resamples. */
    public static Interval interval(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int outside = (int) (TAIL * sorted.length);
        return new Interval(sorted[outside], sorted[sorted.length - 1 - outside]);
    }
}
