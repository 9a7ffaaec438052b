package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import java.util.concurrent.atomic.LongAdder;

/** Running totals. */
public final class Tally implements WorkerMetrics {
    private final LongAdder batches = new LongAdder();
    private final LongAdder items = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder paddedTokens = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final LongAdder results = new LongAdder();
    private final LongAdder rejections = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

    @Override
    public void batchRan(Batch<?> batch, long nanos) {
        batches.increment();
        items.add(batch.count());
        tokens.add(batch.tokens());
        paddedTokens.add(batch.paddedTokens());
        busyNanos.add(nanos);
    }

    @Override
    public void answered() {
        results.increment();
    }

    @Override
    public void refused(ReasonCode code) {
        (code.category() == ReasonCode.Category.REJECTION ? rejections : deadLetters).increment();
    }

    public WorkerStats stats() {
        return new WorkerStats(
                batches.sum(),
                items.sum(),
                tokens.sum(),
                paddedTokens.sum(),
                busyNanos.sum(),
                results.sum(),
                rejections.sum(),
                deadLetters.sum());
    }
}
