package dev.forebay.worker.observe;

/**
 * Totals since the worker started.
 *
 * @param items texts that went through the model; one request may be several
 * @param tokens without padding
 * @param paddedTokens with padding
 * @param busyNanos time in the model, summed over executors
 */
public record WorkerStats(
        long batches,
        long items,
        long tokens,
        long paddedTokens,
        long busyNanos,
        long results,
        long rejections,
        long deadLetters) {

    /** Items per batch; 0 before the first. */
    public double meanBatchSize() {
        return batches == 0 ? 0 : (double) items / batches;
    }

    /** The share of the model's tokens that was padding, 0 to 1. */
    public double paddingShare() {
        return paddedTokens == 0 ? 0 : 1 - (double) tokens / paddedTokens;
    }
}
