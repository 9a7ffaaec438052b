package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.WorkerMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A model with the queue of texts that wait for it. */
public final class ModelLane {
    private final BatchQueue<EncodeItem> queue;
    private final JournaledRunner runner;
    private final Coalescer texts;
    private final WorkerMetrics metrics;
    private final LongSupplier nanoClock;

    public ModelLane(
            JournaledRunner runner,
            BatchQueue<EncodeItem> queue,
            Coalescer texts,
            WorkerMetrics metrics,
            LongSupplier nanoClock) {
        this.queue = queue;
        this.runner = runner;
        this.texts = texts;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /** Sends the texts of requests on their way: those that the model has to see are tokenised together, and wait. */
    void offer(List<Assembly> assemblies) {
        List<Slot> leading = texts.admit(assemblies);
        if (leading.isEmpty()) {
            return;
        }
        List<Tokens> tokens =
                runner.model().tokenize(leading.stream().map(Slot::text).toList());
        List<EncodeItem> items = new ArrayList<>(leading.size());
        for (int i = 0; i < leading.size(); i++) {
            EncodeItem item = new EncodeItem(leading.get(i), tokens.get(i));
            if (item.refusedForLength()) {
                texts.refuseForLength(item);
            } else {
                items.add(item);
            }
        }
        // a request may have ended by its last text: only now is it known whose have to run
        List<EncodeItem> running = new ArrayList<>(items.size());
        for (EncodeItem item : items) {
            EncodeItem next = item.slot().ended() ? texts.handOver(item) : item;
            if (next != null) {
                running.add(next);
            }
        }
        queue(running);
    }

    /** Runs one batch and hands each of its items its outcome. */
    public void run(Batch<EncodeItem> batch) {
        long start = nanoClock.getAsLong();
        metrics.batchBegan(batch, waited(batch, start));
        List<ItemOutcome> outcomes = runner.run(batch);
        metrics.batchEnded(batch, nanoClock.getAsLong() - start);
        queue(texts.land(batch.items(), outcomes));
    }

    /** Ends the requests whose time has run out, also while every executor is busy. */
    public void expire() {
        queue.expire();
        texts.expire(nanoClock.getAsLong());
    }

    /** A text left the queue because its time had run out. */
    public void expired(EncodeItem item) {
        EncodeItem next = texts.expired(item, nanoClock.getAsLong());
        if (next != null) {
            queue(List.of(next));
        }
    }

    private void queue(List<EncodeItem> items) {
        List<Item<EncodeItem>> together = new ArrayList<>(items.size());
        List<Item<EncodeItem>> alone = new ArrayList<>(0);
        items.forEach(item -> (item.slot().assembly().alone() ? alone : together).add(item.queued()));
        if (!alone.isEmpty()) {
            queue.offerAlone(alone);
        }
        if (!together.isEmpty()) {
            queue.offer(together);
        }
    }

    private static long waited(Batch<?> batch, long now) {
        long longest = 0;
        for (Item<?> item : batch.items()) {
            longest = Math.max(longest, now - item.arrivalNanos());
        }
        return longest;
    }

    public BatchQueue<EncodeItem> queue() {
        return queue;
    }
}
