package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model as the defaults choose it; beside it, where asked for, the same with all of the engine's threads for one call at a
 * time, and the same weights on ONNX Runtime in fp32.
 */
final class LoadedModels implements AutoCloseable {
    private final List<DjlModel> loaded = new ArrayList<>();
    private final DjlModel model;
    private final int threads;
    private final Served chosen;
    private final @Nullable Served wide;
    private final @Nullable Served onnxRuntime;

    /** Loads and warms those that the parts need. */
    LoadedModels(ForebayConfig config, Set<BenchPart> parts, Scene scene) {
        this.model = warm(config, scene);
        try {
            Execution asked = config.models().execution();
            this.threads = threads(config, model.executors());
            this.chosen = served(config, model);
            this.wide = parts.contains(BenchPart.ONE_PER_CALL)
                    ? served(config, asked.with(variant()).on(1, model.executors() * threads), scene)
                    : null;
            this.onnxRuntime = parts.contains(BenchPart.ONNXRUNTIME)
                    ? served(config, asked.with(Variant.ONNX_FP32).on(model.executors(), threads), scene)
                    : null;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Variant variant() {
        String precision = model.describe().precision();
        return Arrays.stream(Variant.values())
                .filter(variant -> variant.code().equals(precision))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no variant " + precision));
    }

    private Served served(ForebayConfig config, Execution execution, Scene scene) {
        ForebayConfig changed = config.with(config.models().with(execution));
        return served(changed, warm(changed, scene));
    }

    /** Of the engine within one batch: the cores shared out, where nothing is configured. */
    private static int threads(ForebayConfig config, int executors) {
        int configured = config.models().execution().threads();
        return configured > 0 ? configured : Math.max(1, Runtime.getRuntime().availableProcessors() / executors);
    }

    private DjlModel warm(ForebayConfig config, Scene scene) {
        long started = System.nanoTime();
        DjlModel warmed = RunningWorker.load(config, line -> scene.say("forebay: %s", line));
        loaded.add(warmed);
        warmed.warmUp();
        scene.say(
                "forebay: %s in %s with %d batches at once is loaded and warm after %.1f s.",
                warmed.describe().name(),
                warmed.describe().precision(),
                warmed.executors(),
                (System.nanoTime() - started) / 1e9);
        return warmed;
    }

    ModelDescription description() {
        return model.describe();
    }

    int threads() {
        return threads;
    }

    Served chosen() {
        return chosen;
    }

    /** One call at a time on all threads. */
    Optional<Served> wide() {
        return Optional.ofNullable(wide);
    }

    Optional<Served> onnxRuntime() {
        return Optional.ofNullable(onnxRuntime);
    }

    private static Served served(ForebayConfig config, DjlModel model) {
        // Each with the budget that was measured for it: a worker would start so.
        int paddedTokens = RunningWorker.tuned(config, model).batch().maxPaddedTokens();
        return new Served(new LentModel(model), model.executors(), paddedTokens);
    }

    @Override
    public void close() {
        loaded.forEach(DjlModel::close);
    }
}
