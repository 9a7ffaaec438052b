package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.WorkerMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A model with the queue of texts that wait for it. */
public final class ModelLane {
    private final BatchQueue<EncodeItem> queue;
    private final BatchRunner runner;
    private final Consumer<Assembly> complete;
    private final WorkerMetrics metrics;
    private final LongSupplier nanoClock;

    /** @param complete told of each request whose last text has its outcome */
    public ModelLane(
            BatchRunner runner,
            BatchQueue<EncodeItem> queue,
            Consumer<Assembly> complete,
            WorkerMetrics metrics,
            LongSupplier nanoClock) {
        this.queue = queue;
        this.runner = runner;
        this.complete = complete;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /** Runs one batch and hands each of its items its outcome. */
    public void run(Batch<EncodeItem> batch) {
        List<Tokens> tokens = new ArrayList<>(batch.count());
        batch.items().forEach(item -> tokens.add(item.payload().tokens()));
        long start = nanoClock.getAsLong();
        metrics.batchBegan(batch, waited(batch, start));
        List<ItemOutcome> outcomes = runner.run(tokens);
        metrics.batchEnded(batch, nanoClock.getAsLong() - start);
        for (int i = 0; i < outcomes.size(); i++) {
            EncodeItem item = batch.items().get(i).payload();
            if (item.assembly().accept(item.index(), outcomes.get(i))) {
                complete.accept(item.assembly());
            }
        }
    }

    private static long waited(Batch<?> batch, long now) {
        long longest = 0;
        for (Item<?> item : batch.items()) {
            longest = Math.max(longest, now - item.arrivalNanos());
        }
        return longest;
    }

    Model model() {
        return runner.model();
    }

    public BatchQueue<EncodeItem> queue() {
        return queue;
    }
}
