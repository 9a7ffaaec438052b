package dev.forebay.worker.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checkpoint into a TorchScript archive in the model directory, without Python. A model appears there whole and
 * checked or not at all, however many processes import it at once.
 */
public final class ModelImporter {
    private final ModelDirectory directory;
    private final Resources resources;
    private final ParityCheck check;
    private final Clock clock;
    private final Consumer<String> progress;

    /** Runs an imported model and its source on the same texts. */
    public interface ParityCheck {
        /** The versions of the engines that {@link #compare} uses, by name. */
        Map<String, String> engines();

        Parity compare(Path onnx, InstalledModel imported, List<String> texts) throws IOException;
    }

    /** Where the files of a source come from. */
    interface Resources {
        @Nullable InputStream open(String name);
    }

    /** @param progress told a line at the start and end of each step that takes seconds */
    public ModelImporter(ModelDirectory directory, ParityCheck check, Clock clock, Consumer<String> progress) {
        this(directory, ModelImporter.class.getClassLoader()::getResourceAsStream, check, clock, progress);
    }

    ModelImporter(
            ModelDirectory directory, Resources resources, ParityCheck check, Clock clock, Consumer<String> progress) {
        this.directory = directory;
        this.resources = resources;
        this.check = check;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * The model made from exactly this source, imported now where it is not there yet.
     *
     * @throws ModelFileException where the source cannot be read, the result differs from it, or a file on disk was
     *     changed
     */
    public InstalledModel resolveOrImport(ModelSource source, Variant variant) throws IOException {
        Optional<InstalledModel> present = present(source, variant);
        if (present.isPresent()) {
            return present.get();
        }
        try (Staging staging = Staging.open(directory.home(source.name()))) {
            // another process may have finished while this one waited for its turn
            Optional<InstalledModel> finished = present(source, variant);
            if (finished.isPresent()) {
                return finished.get();
            }
            return make(begin(source, staging), source, variant);
        }
    }

    /** @param staging that of the source's home */
    Import begin(ModelSource source, Staging staging) throws IOException {
        progress.accept("importing " + source.name() + " from " + source.artifact());
        return new Import(directory, source, resources, clock, staging);
    }

    /** The variant that was made from exactly this source, where it is there. */
    Optional<InstalledModel> present(ModelSource source, Variant variant) throws IOException {
        return directory
                .find(source.name(), variant)
                .filter(model -> model.card().source().artifact().equals(source.artifact()));
    }

    /** Makes a variant and keeps it, whether it is within the bound or just usable. */
    InstalledModel make(Import work, ModelSource source, Variant variant) throws IOException {
        long started = clock.millis();
        InstalledModel made = work.make(variant);
        Parity parity = compare(work, made);
        checkParity(source, variant, parity);
        InstalledModel model = publish(work, made, parity);
        progress.accept(String.format(
                Locale.ROOT,
                "imported %s (%s) in %.1f s; largest difference %.1e, mean cosine %.6f",
                source.name(),
                variant.code(),
                (clock.millis() - started) / 1000.0,
                parity.largestDifference(),
                parity.meanCosine()));
        return model;
    }

    Parity compare(Import work, InstalledModel made) throws IOException {
        List<String> texts = ParityTexts.all();
        progress.accept("comparing " + made.card().variant().code() + " with its source on " + texts.size() + " texts");
        return check.compare(work.onnx(), made, texts);
    }

    InstalledModel publish(Import work, InstalledModel made, Parity parity) throws IOException {
        return work.publish(made, parity, check.engines());
    }

    private void checkParity(ModelSource source, Variant variant, Parity parity) throws ModelFileException {
        if (!parity.isUsable(variant)) {
            throw new ModelFileException(
                    source.weights(),
                    String.format(
                            Locale.ROOT,
                            "the imported model differs from its source by %.2e (mean cosine %.6f, %d texts) where %s is asked;"
                                    + " it was not kept",
                            parity.largestDifference(),
                            parity.meanCosine(),
                            parity.texts(),
                            Parity.usable(variant)));
        }
        if (!parity.isWithin(variant)) {
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s of %s is used because it was asked for by name: its mean cosine to the source is %.4f, where %s counts as the same model",
                    variant.code(),
                    source.name(),
                    parity.meanCosine(),
                    Parity.bound(variant)));
        }
    }
}
