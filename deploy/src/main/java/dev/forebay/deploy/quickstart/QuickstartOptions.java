package dev.forebay.deploy.quickstart;

import dev.forebay.connectors.archive.ArchiveFormat;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person asked for, before anything was looked at.
 *
 * @param stay whether to go on serving when the file is done
 * @param json whether the last line of the output is the summary as JSON
 */
public record QuickstartOptions(
        Source input,
        TaskKind task,
        Labelling labels,
        Optional<Path> output,
        Optional<Path> dataDir,
        boolean stay,
        boolean json) {

    /**
     * Where the texts are.
     *
     * @param input empty for the bundled sample
     * @param text the field that holds the text
     */
    public record Source(Optional<Path> input, Optional<ArchiveFormat> format, Optional<String> text) {}

    /** The labels as they were given: a list or a file. */
    public record Labelling(Optional<String> list, Optional<Path> file) {
        boolean isGiven() {
            return list.isPresent() || file.isPresent();
        }
    }

    /** What is done with each text. */
    public enum TaskKind {
        CLASSIFY,
        EMBED,
        SUMMARIZE;

        /** As configurations and result files write it. */
        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
