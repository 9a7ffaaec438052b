package dev.forebay.worker.tune;

import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.models.Machine;

/**
 * All that a learned budget depends on; where any of it differs the budget is measured anew.
 *
 * @param version of the weights that run, which is the start of their sha256
 * @param precision the variant of the model
 * @param window the longest text
 * @param count the most rows of a batch
 * @param executors batches that run at once
 * @param threads of the engine within one batch
 */
public record BudgetKey(
        String model,
        String version,
        String precision,
        Machine machine,
        int window,
        int count,
        int executors,
        int threads) {
    /**
     * Of a model as it is loaded.
     *
     * @param count the most rows of a batch
     */
    public static BudgetKey of(DjlModel model, int count) {
        ModelDescription description = model.describe();
        return new BudgetKey(
                description.name(),
                description.version(),
                description.precision(),
                Machine.here(model.engine(), description.device()),
                description.maxTokens(),
                count,
                model.executors(),
                model.threads());
    }

    /** A name of its own for each of these. */
    String file() {
        return "budget-" + version + "-" + precision + "-" + machine.key() + "-" + window + "-" + count + "-"
                + executors + "x" + threads + ".json";
    }
}
