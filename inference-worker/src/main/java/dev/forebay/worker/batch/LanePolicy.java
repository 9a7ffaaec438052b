package dev.forebay.worker.batch;

/**
 * How the lanes share the executors.
 *
 * @param bulkShare the part of all padded tokens that bulk gets at least while it waits, 0 to 0.5
 * @param liveBoundNanos how long the oldest live item may have waited for bulk to have its turn all the same
 * @param bulkBesideLive bound on the padded tokens of a bulk batch while live traffic is about, where it is lower than
 *     that of any batch
 */
public record LanePolicy(double bulkShare, long liveBoundNanos, int bulkBesideLive) {
    public static final double MAX_BULK_SHARE = 0.5;
    public static final int NO_LOWER_BOUND = Integer.MAX_VALUE;
    public static final LanePolicy DEFAULT = new LanePolicy(0.1, 50_000_000, NO_LOWER_BOUND);

    public LanePolicy {
        if (!(bulkShare >= 0 && bulkShare <= MAX_BULK_SHARE) || liveBoundNanos < 0 || bulkBesideLive < 1) {
            throw new IllegalArgumentException(
                    "the share is 0 to 0.5, the waiting time at least 0, a batch at least 1");
        }
    }
}
