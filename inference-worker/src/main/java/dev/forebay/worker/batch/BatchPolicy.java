package dev.forebay.worker.batch;

/**
 * What a batch may be.
 *
 * @param maxPaddedTokens bound on {@code longest * count}; a single longer item leaves alone
 * @param maxCount bound on the number of items
 * @param lookAhead how many of the oldest items are considered for a batch
 * @param lengthMultiple lengths are rounded up to a multiple of this, so that shapes repeat
 * @param lingerNanos how long an unfilled batch may wait for company, from the arrival of its oldest item; 0 for not at
 *     all
 */
public record BatchPolicy(int maxPaddedTokens, int maxCount, int lookAhead, int lengthMultiple, long lingerNanos) {
    public static final int LENGTH_MULTIPLE = 8;

    public BatchPolicy {
        if (maxPaddedTokens < 1 || maxCount < 1 || lookAhead < 1 || lengthMultiple < 1 || lingerNanos < 0) {
            throw new IllegalArgumentException("bounds are at least 1, linger at least 0");
        }
    }

    /** The same policy with another budget. */
    public BatchPolicy withMaxPaddedTokens(int tokens) {
        return new BatchPolicy(tokens, maxCount, lookAhead, lengthMultiple, lingerNanos);
    }

    /** How many items of this bucket fit into one batch of so many padded tokens; at least one. */
    int room(int bucket, int budget) {
        return Math.max(1, Math.min(maxCount, budget / (bucket * lengthMultiple)));
    }

    int padded(int tokens) {
        return bucket(tokens) * lengthMultiple;
    }

    int bucket(int tokens) {
        return (tokens + lengthMultiple - 1) / lengthMultiple;
    }
}
