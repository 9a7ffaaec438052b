package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;

/** Told of what the worker did. Called by several threads; must not block. */
public interface WorkerMetrics {
    /** A batch was run, in so many nanoseconds, halving included. */
    void batchRan(Batch<?> batch, long nanos);

    /** A result was acknowledged by the broker. */
    void answered();

    /** A rejection or dead letter was acknowledged by the broker. */
    void refused(ReasonCode code);
}
