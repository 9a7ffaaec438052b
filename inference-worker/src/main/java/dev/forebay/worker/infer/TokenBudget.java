package dev.forebay.worker.infer;

/**
 * How many padded tokens a batch may have at the moment. A pure state machine without a clock, safe for use by several
 * threads.
 *
 * <ul>
 *   <li>A batch that runs out of memory lowers the budget to half of that batch; batches that were larger and ran beside
 *       it lower it no further.
 *   <li>After {@value #FULL_BATCHES} full batches the budget rises by a sixteenth of the learned one, up to the learned
 *       one, but stays below the size that ran out of memory last.
 *   <li>That size is tried again after {@value #FIRST_PATIENCE} full batches, and after twice as many each time it was
 *       too large again, {@value #MOST_PATIENCE} at most.
 * </ul>
 */
public final class TokenBudget {
    static final int FULL_BATCHES = 64;
    static final int FIRST_PATIENCE = 1_024;
    static final int MOST_PATIENCE = 65_536;
    private static final int STEPS = 16;

    private final int learned;
    private final Listener listener;
    private int now;
    private long halvings;
    private int tooLarge = Integer.MAX_VALUE;
    private int patience = FIRST_PATIENCE;
    private boolean trying;
    private int fullBatches;

    /** Told of every change, in order; must not block and must not call back. */
    public interface Listener {
        /**
         * @param now padded tokens that a batch may have
         * @param learned what it would be if memory allowed
         * @param halvings how often it was lowered
         */
        void budgetChanged(int now, int learned, long halvings);
    }

    /** @param learned where it starts, and the most that it becomes again; at least 1 */
    public TokenBudget(int learned, Listener listener) {
        this.learned = learned;
        this.listener = listener;
        this.now = learned;
        tell();
    }

    public synchronized int now() {
        return now;
    }

    /** A batch of this size ran out of memory. */
    synchronized void ranOutOfMemory(int paddedTokens) {
        fullBatches = 0;
        tooLarge = Math.min(tooLarge, paddedTokens);
        int lowered = Math.max(1, Math.min(now, paddedTokens / 2));
        if (lowered < now) {
            patience = trying ? Math.min(2 * patience, MOST_PATIENCE) : patience;
            trying = false;
            now = lowered;
            halvings++;
            tell();
        }
    }

    /** A batch succeeded that had no room for a further item. */
    synchronized void ranFull() {
        if (now == learned) {
            return;
        }
        fullBatches++;
        int next = Math.min(learned, now + Math.max(1, learned / STEPS));
        boolean again = next >= tooLarge;
        if (fullBatches >= (again ? patience : FULL_BATCHES)) {
            rise(next, again);
        }
    }

    private void rise(int next, boolean again) {
        fullBatches = 0;
        now = next;
        if (again) {
            trying = true;
            tooLarge = Integer.MAX_VALUE;
        }
        tell();
    }

    private void tell() {
        listener.budgetChanged(now, learned, halvings);
    }
}
