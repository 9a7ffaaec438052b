package dev.forebay.worker.tune;

import dev.forebay.worker.infer.Knee;
import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.Model;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Knows the budget that pays for a model: from its file, else by measuring. */
public final class BudgetTuner {
    private static final long BOUND = TimeUnit.SECONDS.toNanos(20);

    private final BudgetFiles files;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param progress told a line when something takes seconds, or could not be kept */
    public BudgetTuner(BudgetFiles files, InstantSource clock, Consumer<String> progress) {
        this.files = files;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * The learned budget; empty where the model cannot be measured, because it has no memory for the smallest batch, is
     * none that runs here, or the process is about to end. Takes 20 seconds at most where it has to measure.
     */
    public Optional<LearnedBudget> budget(Model model, BudgetKey key) {
        Optional<LearnedBudget> known = files.read(key);
        return known.isPresent() ? known : learn(model, key);
    }

    private Optional<LearnedBudget> learn(Model model, BudgetKey key) {
        KneeSearch search = new KneeSearch(new KneeSearch.Bounds(key.window(), key.count(), key.executors(), BOUND));
        long started = clock.millis();
        model.measure(search);
        Optional<LearnedBudget> learned = search.knee()
                .map(knee -> LearnedBudget.of(key, knee, clock.instant().toString()));
        learned.ifPresent(budget -> {
            Knee knee = budget.knee();
            progress.accept(String.format(
                    Locale.ROOT,
                    "batches of %s have up to %d padded tokens on this machine: %s (measured in %.1f s)",
                    key.model(),
                    knee.paddedTokens(),
                    budget.reason(),
                    (clock.millis() - started) / 1000.0));
            keep(budget);
        });
        return learned;
    }

    private void keep(LearnedBudget budget) {
        try {
            files.write(budget);
        } catch (IOException e) {
            progress.accept("the batch budget cannot be kept and will be measured at each start: " + e
                    + "; make the model directory writable, or set worker.batch.padded-tokens to "
                    + budget.knee().paddedTokens());
        }
    }
}
