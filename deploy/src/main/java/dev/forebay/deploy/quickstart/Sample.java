package dev.forebay.deploy.quickstart;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.task.Label;
import dev.forebay.worker.task.TaskConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The bundled support messages, each with the label that a person gave it. */
final class Sample {
    static final String LABEL_COLUMN = "label";

    /** The attribute that carries a message's label through the pipeline, to be compared with the answer. */
    static final String EXPECTED = "expected";

    private static final String FILE = "support-messages.csv";

    private Sample() {}

    /** The messages as a file, because the connector reads files. */
    static InputFile unpack(Path directory) {
        Path file = directory.resolve(FILE);
        try (InputStream messages = Sample.class.getResourceAsStream(FILE)) {
            Files.createDirectories(directory);
            Files.write(file, Objects.requireNonNull(messages).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new InputFile(file, ArchiveFormat.CSV, "text", List.of("text", LABEL_COLUMN));
    }

    /** The five labels with their descriptions. */
    static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (TaskConfig task : ForebayConfig.builtIn().tasks().tasks()) {
            if (task instanceof TaskConfig.Classify classify) {
                for (Label label : classify.labels()) {
                    labels.put(label.name(), label.description());
                }
            }
        }
        return labels;
    }
}
