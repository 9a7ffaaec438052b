package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.models.Variant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model as the defaults choose it, and beside it, where asked for, the same weights on ONNX Runtime in fp32. */
final class LoadedModels implements AutoCloseable {
    private final DjlModel model;
    private final @Nullable DjlModel loaded;
    private final int threads;
    private final Served chosen;
    private final @Nullable Served onnxRuntime;

    private LoadedModels(ForebayConfig config, DjlModel chosen, int threads, @Nullable DjlModel onnxRuntime) {
        this.model = chosen;
        this.loaded = onnxRuntime;
        this.threads = threads;
        this.chosen = served(config, chosen);
        this.onnxRuntime = onnxRuntime == null ? null : served(config, onnxRuntime);
    }

    /** Loads and warms them. */
    static LoadedModels open(ForebayConfig config, boolean withOnnxRuntime, Scene scene) {
        DjlModel chosen = warm(config, scene);
        try {
            int threads = threads(config, chosen.executors());
            ForebayConfig onOnnxRuntime = config.with(config.models()
                    .with(config.models().execution().with(Variant.ONNX_FP32).on(chosen.executors(), threads)));
            return new LoadedModels(config, chosen, threads, withOnnxRuntime ? warm(onOnnxRuntime, scene) : null);
        } catch (RuntimeException e) {
            chosen.close();
            throw e;
        }
    }

    /** Of the engine within one batch: the cores shared out, where nothing is configured. */
    private static int threads(ForebayConfig config, int executors) {
        int configured = config.models().execution().threads();
        return configured > 0 ? configured : Math.max(1, Runtime.getRuntime().availableProcessors() / executors);
    }

    private static DjlModel warm(ForebayConfig config, Scene scene) {
        long started = System.nanoTime();
        DjlModel model = RunningWorker.load(config, line -> scene.say("forebay: %s", line));
        model.warmUp();
        scene.say(
                "forebay: %s in %s with %d batches at once is loaded and warm after %.1f s.",
                model.describe().name(),
                model.describe().precision(),
                model.executors(),
                (System.nanoTime() - started) / 1e9);
        return model;
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
        if (loaded != null) {
            loaded.close();
        }
        model.close();
    }
}
