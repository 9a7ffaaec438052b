package dev.forebay.worker.models;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The {@code models} section.
 *
 * @param directory where models lie
 * @param name of the model that the tasks use
 * @param maxTokens a window smaller than the model's own; 0 for the model's own
 * @param execution how it is to run
 * @param pins the sha256 of every file that may be loaded; empty for those that the model's card lists
 */
public record ModelsConfig(Path directory, String name, int maxTokens, Execution execution, Set<String> pins) {
    private static final int UNMEASURED_EXECUTORS = 2;
    private static final int SHORTEST_WINDOW = 8;
    private static final int LONGEST_WINDOW = 8192;

    /** Nothing pinned. */
    public ModelsConfig(Path directory, String name, int maxTokens, Execution execution) {
        this(directory, name, maxTokens, execution, Set.of());
    }

    public static ModelsConfig read(Section section) {
        String directory = section.string("directory", "");
        String name = section.string("name", ModelSource.miniLm().name());
        if (!name.matches(ModelDirectory.NAME)) {
            section.problem("name", "letters, digits and . _ -", "The default is all-MiniLM-L6-v2.");
        }
        Execution execution = Execution.read(section);
        int maxTokens =
                section.has("max-tokens") ? section.integer("max-tokens", 0, SHORTEST_WINDOW, LONGEST_WINDOW) : 0;
        Set<String> pins = pins(section);
        section.done();
        Path root = directory.isBlank() ? ModelDirectory.defaultRoot(System.getenv()) : Path.of(directory);
        return new ModelsConfig(root, name, maxTokens, execution, pins);
    }

    /** What an empty section gives, with the models elsewhere. */
    public static ModelsConfig defaults(Path directory) {
        return read(Section.of(Map.of("directory", directory.toString()), new Problems()));
    }

    private static Set<String> pins(Section section) {
        Set<String> pins = new HashSet<>();
        for (String pin : section.strings("sha256")) {
            if (!pin.matches("[0-9a-f]{64}")) {
                section.problem(
                        "sha256", "digests of 64 hex digits, in lower case", "'forebay models show' prints them.");
            }
            pins.add(pin);
        }
        return pins;
    }

    /** Batches at once as configured; two where that is left to a measurement, which a loaded model alone knows. */
    public int executors() {
        return execution.executors() > 0 ? execution.executors() : UNMEASURED_EXECUTORS;
    }

    /** The same model, run in another way. */
    public ModelsConfig with(Execution other) {
        return new ModelsConfig(directory, name, maxTokens, other, pins);
    }
}
