package dev.forebay.worker.djl;

import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.Layout;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.ModelFileException;
import dev.forebay.worker.models.ModelImporter;
import dev.forebay.worker.models.ModelSource;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Variant;
import dev.forebay.worker.models.VariantSearch;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** From the {@code models} section to a model that runs. */
public final class LocalModels {
    private LocalModels() {}

    /**
     * The configured model, imported first where it is not there yet and its source is known.
     *
     * @param progress told a line when something takes seconds
     */
    public static DjlModel open(ModelsConfig config, Consumer<String> progress) throws IOException {
        VariantSearch.Found found = find(config, progress);
        Layout layout = found.layout();
        return DjlModel.load(
                found.model(),
                new DjlModel.Options(
                        config.execution().device(), layout.executors(), layout.threads(), config.maxTokens()));
    }

    /** The configured model on disk. */
    public static InstalledModel resolve(ModelsConfig config, Consumer<String> progress) throws IOException {
        return find(config, progress).model();
    }

    private static VariantSearch.Found find(ModelsConfig config, Consumer<String> progress) throws IOException {
        Optional<ModelSource> source = ModelSource.named(config.name());
        VariantSearch search = search(config, progress);
        return source.isPresent()
                ? search.find(source.get(), config.execution())
                : search.find(installed(config), config.execution());
    }

    private static VariantSearch search(ModelsConfig config, Consumer<String> progress) {
        ModelDirectory directory = ModelDirectory.at(config.directory(), config.pins());
        OnnxParityCheck check = new OnnxParityCheck(config.execution().device());
        ModelImporter importer = new ModelImporter(directory, check, Clock.systemUTC(), progress);
        EngineTrials trials = new EngineTrials(config.execution());
        return new VariantSearch(directory, importer, trials, Clock.systemUTC(), progress);
    }

    /** A model that someone put there whole: the one that is named, else the one that was imported last. */
    private static InstalledModel installed(ModelsConfig config) throws IOException {
        ModelDirectory directory = ModelDirectory.at(config.directory(), config.pins());
        Execution wanted = config.execution();
        List<Variant> candidates = wanted.variant().isPresent()
                ? List.of(wanted.variant().get())
                : Variant.of(wanted.engine(), wanted.device().startsWith("gpu"));
        List<InstalledModel> found = new ArrayList<>();
        for (Variant variant : candidates) {
            directory.find(config.name(), variant).ifPresent(found::add);
        }
        return found.stream()
                .max(Comparator.comparing(model -> model.card().importedAt()))
                .orElseThrow(() -> new ModelFileException(
                        config.name(),
                        "no such model as "
                                + candidates.stream().map(Variant::code).collect(Collectors.joining(", ")) + " below "
                                + config.directory() + "; these can be imported: "
                                + String.join(", ", ModelSource.names())));
    }
}
