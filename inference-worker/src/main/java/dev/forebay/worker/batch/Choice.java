package dev.forebay.worker.batch;

/**
 * A possible batch of one lane: built around its oldest item, and filled from a length downwards.
 *
 * @param bucket of the longest item
 * @param tokens of its items together, in units of the length multiple
 */
record Choice(int bucket, int count, long tokens, int multiple) {
    /** The fixed cost of one model call, in tokens; it breaks ties towards larger batches. */
    private static final int CALL_COST = 32;

    /**
     * The choice with the most real tokens per cost, where a batch costs its padded tokens and a constant for the call.
     *
     * @param budget bound on its padded tokens
     */
    static <T> Choice best(Waiting<T> lane, Entry<T> oldest, BatchPolicy policy, int budget) {
        Choice best = fill(lane, oldest, oldest.bucket, policy, budget);
        for (int bucket = lane.longerThan(oldest.bucket); bucket >= 0; bucket = lane.longerThan(bucket)) {
            Choice choice = fill(lane, oldest, bucket, policy, budget);
            best = choice.score() > best.score() ? choice : best;
        }
        return best;
    }

    private static <T> Choice fill(Waiting<T> lane, Entry<T> oldest, int longest, BatchPolicy policy, int budget) {
        int room = policy.room(longest, budget);
        if (room == 1 && longest != oldest.bucket) {
            return new Choice(longest, 0, 0, policy.lengthMultiple());
        }
        int count = 1;
        long tokens = oldest.bucket;
        for (int bucket = longest; bucket >= 0 && count < room; bucket = lane.atMost(bucket - 1)) {
            int there = lane.count(bucket) - (bucket == oldest.bucket ? 1 : 0);
            int taken = Math.min(there, room - count);
            count += taken;
            tokens += (long) taken * bucket;
        }
        return new Choice(longest, count, tokens, policy.lengthMultiple());
    }

    int paddedTokens() {
        return count * bucket * multiple;
    }

    /** How many items of its length may join before it costs twice as much. */
    int doubling() {
        return (paddedTokens() + CALL_COST) / (bucket * multiple);
    }

    private double score() {
        return (double) (tokens * multiple) / (paddedTokens() + CALL_COST);
    }
}
