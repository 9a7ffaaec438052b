package dev.forebay.deploy.evaluation;

/** What a count of successes says about the rate behind it. */
public final class Binomial {
    private static final int HALVINGS = 60;

    private Binomial() {}

    /**
     * The exact one-sided lower bound of Clopper &amp; Pearson (1934): the rate at which as many successes or more would be
     * seen with a probability of {@code alpha}. The true rate is below it in at most that share of samples.
     *
     * @param successes 0 to {@code trials}
     * @param trials at least 1
     * @param alpha above 0, below 1
     */
    public static double lowerBound(int successes, int trials, double alpha) {
        double[] logWays = logWays(successes, trials);
        double low = 0;
        double high = (double) successes / trials;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (upperTail(logWays, successes, trials, middle) > alpha) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The logarithms of the numbers of ways to have {@code successes}, and each number above, of {@code trials}. */
    private static double[] logWays(int successes, int trials) {
        double[] logWays = new double[trials - successes + 1];
        for (int i = logWays.length - 2; i >= 0; i--) {
            int count = successes + i;
            logWays[i] = logWays[i + 1] + Math.log(count + 1) - Math.log(trials - count);
        }
        return logWays;
    }

    private static double upperTail(double[] logWays, int successes, int trials, double rate) {
        double sum = 0;
        for (int i = 0; i < logWays.length; i++) {
            int count = successes + i;
            int rest = trials - count;
            double log = logWays[i] + count * Math.log(rate) + (rest == 0 ? 0 : rest * Math.log1p(-rate));
            sum += Math.exp(log);
        }
        return sum;
    }
}
