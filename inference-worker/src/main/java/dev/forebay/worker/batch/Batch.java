package dev.forebay.worker.batch;

import java.util.List;

/**
 * Items that run together.
 *
 * @param items longest first; among equals the oldest first
 * @param paddedLength tokens per row, a multiple of the policy's
 * @param tokens tokens without padding
 */
public record Batch<T>(List<Item<T>> items, int paddedLength, int tokens, Reason reason) {

    /** Why the batch left when it did. */
    public enum Reason {
        /** Nothing more would fit. */
        FULL,
        /** An executor was idle and linger is off. */
        IDLE,
        /** The oldest item had waited for as long as linger allows. */
        LINGER,
        /** The worker is stopping. */
        DRAIN,
        /** Its one item has to run by itself. */
        ALONE
    }

    public int count() {
        return items.size();
    }

    public int paddedTokens() {
        return paddedLength * items.size();
    }
}
