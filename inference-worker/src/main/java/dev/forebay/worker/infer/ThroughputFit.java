package dev.forebay.worker.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Throughput over ascending batch sizes, made out of several noisy rounds. The machine's speed drifts from round to
 * round, so each round counts relative to itself; of the rounds the median counts, and what falls where it should rise
 * is levelled with its neighbours (isotonic regression by pooling adjacent violators, Ayer et al. 1955), so that no
 * single measurement decides.
 *
 * @param levels natural logarithm of the throughput of each size, never falling; only differences have a meaning
 * @param uncertainty standard error of one level; one in ten where fewer than three rounds were run
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record ThroughputFit(double[] levels, double uncertainty) {
    /**
     * What a larger batch has to gain before it is worth its latency. Twice the tokens are close to twice the time of a
     * batch, and that for less than this share of throughput is a bad bargain; it is also the most that neighbouring
     * sizes differ on a quiet machine where the curve is flat.
     */
    static final double WORTHWHILE = 0.05;

    /**
     * What is assumed where too few rounds were run to know, and the most that is taken into account, so that a hopeless
     * measurement does not give the smallest size.
     */
    private static final double MOST_UNCERTAINTY = 0.1;

    private static final int FEWEST_ROUNDS = 3;
    /** Standard errors by which a gain has to be larger than worthwhile; the best of many noisy values looks too good. */
    private static final double ERRORS = 1.5;

    private static final double MAD_TO_SIGMA = 1.4826;
    private static final double MEDIAN_TO_MEAN_ERROR = 1.2533;

    /** @param rounds logarithms of throughput, each from the smallest size on; some may have reached further than others */
    static ThroughputFit of(List<double[]> rounds) {
        int sizes = rounds.stream().mapToInt(round -> round.length).max().orElseThrow();
        int common = rounds.stream().mapToInt(round -> round.length).min().orElseThrow();
        List<double[]> relative =
                rounds.stream().map(round -> centred(round, common)).toList();
        double[] medians = new double[sizes];
        List<Double> residuals = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            int size = i;
            double[] values = relative.stream()
                    .filter(round -> round.length > size)
                    .mapToDouble(round -> round[size])
                    .toArray();
            medians[i] = median(values);
            for (double value : values) {
                residuals.add(Math.abs(value - medians[i]));
            }
        }
        double spread =
                median(residuals.stream().mapToDouble(Double::doubleValue).toArray());
        double error = MAD_TO_SIGMA * spread * MEDIAN_TO_MEAN_ERROR / Math.sqrt(rounds.size());
        return new ThroughputFit(rising(medians), rounds.size() < FEWEST_ROUNDS ? MOST_UNCERTAINTY : error);
    }

    /** The smallest size that no larger one beats by more than is worthwhile and certain. */
    int knee() {
        double best = levels[levels.length - 1];
        double tolerance = -Math.log1p(-WORTHWHILE) + Math.min(ERRORS * uncertainty, MOST_UNCERTAINTY);
        int knee = 0;
        while (levels[knee] < best - tolerance) {
            knee++;
        }
        return knee;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The rising sequence that is nearest in least squares. */
    static double[] rising(double[] values) {
        double[] means = new double[values.length];
        int[] widths = new int[values.length];
        int pools = 0;
        for (double value : values) {
            means[pools] = value;
            widths[pools] = 1;
            pools++;
            while (pools > 1 && means[pools - 2] > means[pools - 1]) {
                int width = widths[pools - 2] + widths[pools - 1];
                means[pools - 2] =
                        (means[pools - 2] * widths[pools - 2] + means[pools - 1] * widths[pools - 1]) / width;
                widths[pools - 2] = width;
                pools--;
            }
        }
        double[] fitted = new double[values.length];
        int next = 0;
        for (int pool = 0; pool < pools; pool++) {
            Arrays.fill(fitted, next, next + widths[pool], means[pool]);
            next += widths[pool];
        }
        return fitted;
    }

    private static double[] centred(double[] round, int common) {
        double mean = Arrays.stream(round, 0, common).average().orElseThrow();
        return Arrays.stream(round).map(value -> value - mean).toArray();
    }
}
