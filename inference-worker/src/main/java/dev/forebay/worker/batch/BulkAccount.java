package dev.forebay.worker.batch;

/**
 * What bulk is owed, in padded tokens, and whether it is its turn while live waits as well. Positive where it got less
 * than its share; what it got over its share is remembered up to {@link #PATIENCE} budgets.
 */
final class BulkAccount {
    /** How many budgets either lane may be ahead before the other insists. */
    static final int PATIENCE = 8;

    private final LanePolicy policy;
    private double owed;
    private double turn;

    BulkAccount(LanePolicy policy) {
        this.policy = policy;
    }

    /** Whether bulk goes before a live item that has waited for this long. */
    boolean due(long liveWaitedNanos, int budget) {
        if (turn <= 0) {
            return false;
        }
        return owed >= (double) PATIENCE * budget || (owed > 0 && liveWaitedNanos < policy.liveBoundNanos());
    }

    /** Whether bulk may make a live batch larger: not where it is far ahead of its share already. */
    boolean mayFillUp(int budget) {
        return owed > -0.5 * PATIENCE * budget;
    }

    /**
     * Notes a batch that left.
     *
     * @param live its padded tokens of live items; 0 for a batch of bulk alone
     * @param bulk its padded tokens of bulk items
     */
    void charge(int live, int bulk, int budget) {
        double share = policy.bulkShare();
        double limit = (double) PATIENCE * budget;
        owed = Math.max(-limit, owed + share * live - (1 - share) * bulk);
        // A turn is worth twice what one batch of live earns bulk, so that bulk catches up, however small its batches.
        turn = live > 0 ? 2 * share / (1 - share) * Math.max(live, budget) : turn - bulk;
    }

    /** Nothing of bulk waits: what it was owed lapses. */
    void lapse() {
        owed = Math.min(owed, 0);
    }
}
