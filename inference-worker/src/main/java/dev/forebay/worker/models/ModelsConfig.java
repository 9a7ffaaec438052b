package dev.forebay.worker.models;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.nio.file.Path;
import java.util.Map;

/**
 * The {@code models} section.
 *
 * @param directory where models lie
 * @param name of the model that the tasks use
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}
 * @param executors batches that run at once, each on a thread of its own
 * @param threads of the engine within one batch; read once per process
 * @param maxTokens a window smaller than the model's own; 0 for the model's own
 */
public record ModelsConfig(
        Path directory, String name, Precision precision, String device, int executors, int threads, int maxTokens) {
    private static final int MAX_EXECUTORS = 64;
    private static final int MAX_THREADS = 256;
    private static final int SHORTEST_WINDOW = 8;
    private static final int LONGEST_WINDOW = 8192;

    public static ModelsConfig read(Section section) {
        String directory = section.string("directory", "");
        String name = section.string("name", ModelSource.miniLm().name());
        Precision precision = section.choice("precision", Precision.class, Precision.FP32);
        String device = section.string("device", "auto");
        if (!device.matches("auto|cpu|gpu:[0-9]{1,2}")) {
            section.problem("device", "auto, cpu, gpu:0, gpu:1 and so on", "The default is auto.");
        }
        if (!name.matches(ModelDirectory.NAME)) {
            section.problem("name", "letters, digits and . _ -", "The default is all-MiniLM-L6-v2.");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int executors = section.integer("executors", 2, 1, MAX_EXECUTORS);
        int threads = section.integer("threads", Math.max(1, cores / executors), 1, MAX_THREADS);
        int maxTokens =
                section.has("max-tokens") ? section.integer("max-tokens", 0, SHORTEST_WINDOW, LONGEST_WINDOW) : 0;
        section.done();
        Path root = directory.isBlank() ? ModelDirectory.defaultRoot(System.getenv()) : Path.of(directory);
        return new ModelsConfig(root, name, precision, device, executors, threads, maxTokens);
    }

    /** What an empty section gives, with the models elsewhere. */
    public static ModelsConfig defaults(Path directory) {
        return read(Section.of(Map.of("directory", directory.toString()), new Problems()));
    }
}
