package dev.forebay.worker.flow;

import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.infer.BatchQueue;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.observe.WorkerMetrics;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lanes of small batches. */
final class Lanes {
    private static final int PADDED_TOKENS = 64;

    private Lanes() {}

    static ModelLane over(Model model, Coalescer texts, WorkerMetrics metrics, LongSupplier nanoClock) {
        AtomicReference<@Nullable ModelLane> lane = new AtomicReference<>();
        BatchQueue<EncodeItem> queue = new BatchQueue<>(
                new Batcher<>(new BatchPolicy(PADDED_TOKENS, 4, 16, 8, 0)),
                nanoClock,
                item -> Objects.requireNonNull(lane.get()).expired(item),
                metrics::waiting);
        TokenBudget budget = new TokenBudget(PADDED_TOKENS, (now, learned, halvings) -> queue.budget(now));
        JournaledRunner runner = new JournaledRunner(new BatchRunner(model, budget), records -> () -> {});
        ModelLane made = new ModelLane(runner, queue, texts, metrics, nanoClock);
        lane.set(made);
        return made;
    }
}
