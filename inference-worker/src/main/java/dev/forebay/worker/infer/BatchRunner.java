package dev.forebay.worker.infer;

import dev.forebay.schemas.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a batch so that every item gets an outcome of its own: a batch that fails is halved until the bad item stands
 * alone, at most {@code 2 log2 n} extra runs for one bad item among {@code n}.
 */
public final class BatchRunner {
    private final Model model;

    public BatchRunner(Model model) {
        this.model = model;
    }

    /** One outcome per item, in order; throws nothing but {@link Error}s. */
    public List<ItemOutcome> run(List<Tokens> items) {
        List<ItemOutcome> outcomes = new ArrayList<>(items.size());
        run(items, outcomes);
        return outcomes;
    }

    private void run(List<Tokens> items, List<ItemOutcome> outcomes) {
        try {
            List<Inference> inferences = model.infer(items);
            if (inferences.size() != items.size()) {
                throw new ModelException(
                        "the model gave " + inferences.size() + " rows for " + items.size() + " items", null);
            }
            for (Inference inference : inferences) {
                outcomes.add(inference.fold(
                        vector -> new ItemOutcome.Encoded(vector.values()),
                        invalid -> new ItemOutcome.Failed(ReasonCode.INVALID_MODEL_OUTPUT, invalid.message())));
            }
        } catch (RuntimeException e) {
            if (items.size() == 1) {
                outcomes.add(new ItemOutcome.Failed(ReasonCode.MODEL_ERROR, String.valueOf(e.getMessage())));
                return;
            }
            int half = items.size() / 2;
            run(items.subList(0, half), outcomes);
            run(items.subList(half, items.size()), outcomes);
        }
    }
}
