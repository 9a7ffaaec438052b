package dev.forebay.worker.infer;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.BatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Runs a batch so that every item gets an outcome of its own; several threads may run batches at once.
 *
 * <p>A batch that fails is halved until the bad item stands alone, at most {@code 2 log2 n} extra runs for one bad item
 * among {@code n}. A batch that runs out of memory lowers the {@link TokenBudget} and is run in batches of the new size;
 * an item that runs out of memory by itself is tried once more while nothing else runs, and only then has failed.
 */
public final class BatchRunner {
    private final Model model;
    private final TokenBudget budget;
    /** Shared by the batches that run side by side; exclusive for an item that gets the device to itself. */
    private final ReadWriteLock device = new ReentrantReadWriteLock();

    public BatchRunner(Model model, TokenBudget budget) {
        this.model = model;
        this.budget = budget;
    }

    public Model model() {
        return model;
    }

    /** Lasts while the engine has a batch. */
    @FunctionalInterface
    public interface Presence extends AutoCloseable {
        @Override
        void close();
    }

    /** One outcome per item, in order; throws nothing but {@link Error}s. */
    public List<ItemOutcome> run(List<Tokens> items) {
        return run(items, () -> () -> {});
    }

    /**
     * The same.
     *
     * @param entering asked, each time that the engine is about to have some of them, for what is closed when it is done
     */
    public List<ItemOutcome> run(List<Tokens> items, Supplier<Presence> entering) {
        List<ItemOutcome> outcomes = new ArrayList<>(items.size());
        run(items, entering, outcomes);
        return outcomes;
    }

    /** The outcome of one item that is in the engine while nothing else is. */
    public ItemOutcome runAlone(Tokens item, Supplier<Presence> entering) {
        return alone(List.of(item), entering);
    }

    private void run(List<Tokens> items, Supplier<Presence> entering, List<ItemOutcome> outcomes) {
        try {
            outcomes.addAll(infer(items, device.readLock(), entering));
            if (paddedTokens(items) + paddedLength(items) > budget.now()) {
                budget.ranFull();
            }
        } catch (OutOfMemoryException e) {
            budget.ranOutOfMemory(paddedTokens(items));
            if (items.size() == 1) {
                outcomes.add(alone(items, entering));
            } else {
                runSmaller(items, entering, outcomes);
            }
        } catch (RuntimeException e) {
            if (items.size() == 1) {
                outcomes.add(failed(e));
                return;
            }
            int half = items.size() / 2;
            run(items.subList(0, half), entering, outcomes);
            run(items.subList(half, items.size()), entering, outcomes);
        }
    }

    /** In batches of at most half the size, so that it ends whatever the budget is. */
    private void runSmaller(List<Tokens> items, Supplier<Presence> entering, List<ItemOutcome> outcomes) {
        int most = items.size() / 2;
        int start = 0;
        while (start < items.size()) {
            List<Tokens> rest = items.subList(start, items.size());
            int count = Math.max(1, Math.min(most, budget.now() / paddedLength(rest)));
            run(rest.subList(0, Math.min(count, rest.size())), entering, outcomes);
            start += count;
        }
    }

    /** What ran beside it may have held the memory that it lacked. */
    private ItemOutcome alone(List<Tokens> item, Supplier<Presence> entering) {
        try {
            return infer(item, device.writeLock(), entering).get(0);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private List<ItemOutcome> infer(List<Tokens> items, Lock lock, Supplier<Presence> entering) {
        List<Inference> inferences;
        lock.lock();
        // INVARIANT: whoever waits for the device is not in the engine, and not named where that crashes.
        try (Presence presence = entering.get()) {
            inferences = model.infer(items);
        } finally {
            lock.unlock();
        }
        if (inferences.size() != items.size()) {
            throw new ModelException(
                    "the model gave " + inferences.size() + " rows for " + items.size() + " items", null);
        }
        List<ItemOutcome> outcomes = new ArrayList<>(items.size());
        for (Inference inference : inferences) {
            outcomes.add(inference.fold(
                    vector -> new ItemOutcome.Encoded(vector.values()),
                    invalid -> new ItemOutcome.Failed(ReasonCode.INVALID_MODEL_OUTPUT, invalid.message(), false)));
        }
        return outcomes;
    }

    private static ItemOutcome failed(RuntimeException e) {
        boolean memory = e instanceof OutOfMemoryException;
        return new ItemOutcome.Failed(
                memory ? ReasonCode.RESOURCE_EXHAUSTED : ReasonCode.MODEL_ERROR,
                String.valueOf(e.getMessage()),
                memory);
    }

    private static int paddedTokens(List<Tokens> items) {
        return paddedLength(items) * items.size();
    }

    private static int paddedLength(List<Tokens> items) {
        int longest = 1;
        for (Tokens item : items) {
            longest = Math.max(longest, item.count());
        }
        int multiple = BatchPolicy.LENGTH_MULTIPLE;
        return (longest + multiple - 1) / multiple * multiple;
    }
}
