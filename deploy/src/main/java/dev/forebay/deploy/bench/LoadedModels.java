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
    private final DjlModel chosen;
    private final int threads;
    private final @Nullable DjlModel onnxRuntime;

    private LoadedModels(DjlModel chosen, int threads, @Nullable DjlModel onnxRuntime) {
        this.chosen = chosen;
        this.threads = threads;
        this.onnxRuntime = onnxRuntime;
    }

    /** Loads and warms them. */
    static LoadedModels open(ForebayConfig config, boolean withOnnxRuntime, Scene scene) {
        DjlModel chosen = warm(config, scene);
        try {
            int threads = threads(config, chosen.executors());
            ForebayConfig onOnnxRuntime = config.with(config.models()
                    .with(config.models().execution().with(Variant.ONNX_FP32).on(chosen.executors(), threads)));
            return new LoadedModels(chosen, threads, withOnnxRuntime ? warm(onOnnxRuntime, scene) : null);
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
        return chosen.describe();
    }

    int threads() {
        return threads;
    }

    Served chosen() {
        return served(chosen);
    }

    Optional<Served> onnxRuntime() {
        return Optional.ofNullable(onnxRuntime).map(LoadedModels::served);
    }

    private static Served served(DjlModel model) {
        return new Served(new LentModel(model), model.executors());
    }

    @Override
    public void close() {
        if (onnxRuntime != null) {
            onnxRuntime.close();
        }
        chosen.close();
    }
}
