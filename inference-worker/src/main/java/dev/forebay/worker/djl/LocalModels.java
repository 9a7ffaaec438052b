package dev.forebay.worker.djl;

import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.ModelFileException;
import dev.forebay.worker.models.ModelImporter;
import dev.forebay.worker.models.ModelSource;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** From the {@code models} section to a model that runs. */
public final class LocalModels {
    private LocalModels() {}

    /**
     * The configured model, imported first where it is not there yet and its source is known.
     *
     * @param progress told a line when something takes seconds
     */
    public static DjlModel open(ModelsConfig config, Consumer<String> progress) throws IOException {
        Execution wanted = config.execution();
        int executors = config.executors();
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = wanted.threads() > 0 ? wanted.threads() : Math.max(1, cores / executors);
        return DjlModel.load(
                resolve(config, progress),
                new DjlModel.Options(wanted.device(), executors, threads, config.maxTokens()));
    }

    /** The configured model on disk. */
    public static InstalledModel resolve(ModelsConfig config, Consumer<String> progress) throws IOException {
        ModelDirectory directory = ModelDirectory.at(config.directory());
        Variant variant = config.execution().variant().orElse(Variant.FP32);
        Optional<ModelSource> source = ModelSource.named(config.name());
        if (source.isPresent()) {
            return new ModelImporter(directory, new OnnxParityCheck(), Clock.systemUTC(), progress)
                    .resolveOrImport(source.get(), variant);
        }
        return directory
                .find(config.name(), variant)
                .orElseThrow(() -> new ModelFileException(
                        config.name(),
                        "no such model in " + variant.code() + " below " + config.directory()
                                + "; these can be imported: " + String.join(", ", ModelSource.names())));
    }
}
