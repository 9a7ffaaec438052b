package dev.forebay.deploy.bench;

import dev.forebay.worker.observe.WorkerStats;

/**
 * How a worker used its model during a run.
 *
 * @param tokens without padding
 * @param busySeconds inside the model, summed over executors
 */
record Batching(long batches, long items, long tokens, long paddedTokens, double busySeconds) {
    static Batching between(WorkerStats before, WorkerStats after) {
        return new Batching(
                after.batches() - before.batches(),
                after.items() - before.items(),
                after.tokens() - before.tokens(),
                after.paddedTokens() - before.paddedTokens(),
                (after.busyNanos() - before.busyNanos()) / 1e9);
    }

    /** 0 to 1. */
    double paddingShare() {
        return paddedTokens == 0 ? 0 : 1 - (double) tokens / paddedTokens;
    }
}
