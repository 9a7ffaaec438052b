package dev.forebay.worker.models;

import java.util.List;
import java.util.stream.IntStream;

/** Texts per second of one contestant in each round of a race. Rounds of the same number were run one after another. */
public record Rates(List<Double> rounds) {
    static final Rates NONE = new Rates(List.of());

    /** How much faster something has to be measured before it counts as faster. */
    static final double MARGIN = 1.05;

    public Rates {
        rounds = List.copyOf(rounds);
    }

    /** NaN where nothing was measured. */
    public double median() {
        return median(rounds);
    }

    /**
     * How many times the other's rate this one is: the median of the ratios within each round, which a machine that is
     * slower for some rounds does not change.
     */
    double over(Rates other) {
        int count = Math.min(rounds.size(), other.rounds.size());
        return median(IntStream.range(0, count)
                .mapToObj(i -> rounds.get(i) / other.rounds.get(i))
                .toList());
    }

    /** The first of several that no later one beats by a margin which is more than noise. */
    static int preferred(List<Rates> inOrderOfPreference) {
        int best = 0;
        for (int i = 1; i < inOrderOfPreference.size(); i++) {
            if (inOrderOfPreference.get(i).over(inOrderOfPreference.get(best)) >= MARGIN) {
                best = i;
            }
        }
        return best;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
