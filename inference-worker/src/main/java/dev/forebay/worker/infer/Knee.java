package dev.forebay.worker.infer;

import java.util.List;

/**
 * The smallest padded-token budget that is as good as any larger one, with the measurements that say so.
 *
 * @param paddedTokens the budget
 * @param curve from the smallest budget to the largest that was tried
 * @param rounds how often each was measured
 * @param uncertainty standard error of a measured throughput, as a share of it
 * @param end why no larger budget was tried
 */
public record Knee(int paddedTokens, List<Point> curve, int rounds, double uncertainty, End end) {
    public Knee {
        curve = List.copyOf(curve);
    }

    /**
     * What one budget gave.
     *
     * @param tokensPerSecond of all executors together, padding included
     * @param share of the best throughput, after smoothing
     */
    public record Point(int paddedTokens, double tokensPerSecond, double share) {}

    /** Why a search ended where it did. */
    public enum End {
        /** Larger budgets gained nothing. */
        CLEAR,
        /** The next larger ran out of memory. */
        OUT_OF_MEMORY,
        /** The time was up. */
        TIME,
        /** No larger batch exists within the bound on the count. */
        LARGEST
    }
}
