package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;

/** Told of what the worker did. Called by several threads; must not block. */
public interface WorkerMetrics {
    /** How many texts wait for a batch; called in the order of the changes, and seldom enough to cost nothing. */
    default void waiting(int items) {}

    /** An executor starts a batch, whose oldest text was received so many nanoseconds ago. */
    default void batchBegan(Batch<?> batch, long waitedNanos) {}

    /** The same executor is done with it, after so many nanoseconds, halving included. */
    default void batchEnded(Batch<?> batch, long nanos) {}

    /** How many padded tokens a batch may have now, what was learned to be best, and how often memory ran out. */
    default void budgetChanged(BudgetState budget) {}

    /**
     * Texts came in that may share a pass through the model.
     *
     * @param kept whose vector was still there
     * @param coalesced that wait for the same text
     * @param fresh that have to go to the model
     */
    default void looked(int kept, int coalesced, int fresh) {}

    /** A request will be tried again. */
    default void retried() {}

    /** A record was still locked for this worker as far as it knew, and was not: it is delivered again. */
    default void lockLost() {}

    /** A result was acknowledged by the broker. */
    default void answered() {}

    /** A rejection or dead letter was acknowledged by the broker. */
    default void refused(ReasonCode code) {}
}
