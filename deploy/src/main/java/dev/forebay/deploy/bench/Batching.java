package dev.forebay.deploy.bench;

import dev.forebay.worker.observe.Total;
import dev.forebay.worker.observe.WorkerStats;

/**
 * How a model was used.
 *
 * @param tokens without padding
 * @param busySeconds inside the model, summed over executors
 * @param idleSeconds outside of it while a text waited, summed over executors
 */
record Batching(long batches, long items, long tokens, long paddedTokens, double busySeconds, double idleSeconds) {
    static Batching of(WorkerStats stats) {
        return new Batching(
                stats.batches(),
                stats.items(),
                stats.tokens(),
                stats.paddedTokens(),
                stats.busyNanos() / 1e9,
                stats.of(Total.IDLE_WAITING_NANOS) / 1e9);
    }

    Batching since(Batching earlier) {
        return new Batching(
                batches - earlier.batches,
                items - earlier.items,
                tokens - earlier.tokens,
                paddedTokens - earlier.paddedTokens,
                busySeconds - earlier.busySeconds,
                idleSeconds - earlier.idleSeconds);
    }

    /** 0 to 1. */
    double paddingShare() {
        return paddedTokens == 0 ? 0 : 1 - (double) tokens / paddedTokens;
    }

    /** 0 to 1. */
    double idleShare() {
        return busySeconds + idleSeconds == 0 ? 0 : idleSeconds / (busySeconds + idleSeconds);
    }
}
