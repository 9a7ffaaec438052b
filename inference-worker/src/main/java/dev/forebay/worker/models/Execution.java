package dev.forebay.worker.models;

import dev.forebay.schemas.config.Section;
import java.util.List;
import java.util.Optional;

/**
 * How a model is to run, as far as a configuration says.
 *
 * @param variant empty where it is chosen by measurement
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param executors batches that run at once, each on a thread of its own; 0 where it is chosen by measurement
 * @param threads of the engine within one batch; 0 where it is chosen by measurement
 */
public record Execution(EngineKind engine, Optional<Variant> variant, String device, int executors, int threads) {
    /** All of it by measurement, on the PyTorch engine. */
    public static final Execution AUTO = new Execution(EngineKind.PYTORCH, Optional.empty(), "auto", 0, 0);

    private static final String MEASURED = "auto";
    private static final int MAX_EXECUTORS = 64;
    private static final int MAX_THREADS = 256;

    static Execution read(Section section) {
        EngineKind engine = section.choice("engine", EngineKind.class, EngineKind.PYTORCH);
        String device = section.string("device", "auto");
        if (!device.matches("auto|cpu|gpu:[0-9]{1,2}")) {
            section.problem("device", "auto, cpu, gpu:0, gpu:1 and so on", "The default is auto.");
        } else if (engine == EngineKind.ONNXRUNTIME && device.startsWith("gpu")) {
            section.problem(
                    "device", "auto or cpu where models.engine is onnxruntime", "Use the engine pytorch on a GPU.");
        }
        Optional<Variant> variant = variant(section, engine);
        if (device.startsWith("gpu") && variant.isPresent() && !variant.get().runsOnGpu()) {
            section.problem("precision", "auto, fp32, bf16 or fp16 on a GPU", "The default is auto.");
        }
        int executors = section.has("executors") ? section.integer("executors", 1, 1, MAX_EXECUTORS) : 0;
        int threads = section.has("threads") ? section.integer("threads", 1, 1, MAX_THREADS) : 0;
        return new Execution(engine, variant, device, executors, threads);
    }

    private static Optional<Variant> variant(Section section, EngineKind engine) {
        String word = section.string("precision", MEASURED);
        Optional<Variant> variant = Variant.named(engine, word);
        if (variant.isEmpty() && !word.equals(MEASURED)) {
            List<String> words = Variant.words(engine);
            section.problem(
                    "precision", MEASURED + ", " + String.join(", ", words), "The default is " + MEASURED + ".");
        }
        return variant;
    }

    /** The same with one variant. */
    public Execution with(Variant named) {
        return new Execution(named.engine(), Optional.of(named), device, executors, threads);
    }

    /** The same with fixed numbers of executors and threads. */
    public Execution on(int executorCount, int threadCount) {
        return new Execution(engine, variant, device, executorCount, threadCount);
    }

    /** The same on one device. */
    public Execution on(String named) {
        return new Execution(engine, variant, named, executors, threads);
    }
}
