package dev.forebay.worker.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    public InstalledModel resolveOrImport(ModelSource source, Precision precision) throws IOException {
        Optional<InstalledModel> present = present(source, precision);
        if (present.isPresent()) {
            return present.get();
        }
        try (Staging staging = Staging.open(directory.home(source.name()))) {
            // another process may have finished while this one waited for its turn
            Optional<InstalledModel> finished = present(source, precision);
            return finished.isPresent() ? finished.get() : importInto(staging, source, precision);
        }
    }

    private Optional<InstalledModel> present(ModelSource source, Precision precision) throws IOException {
        return directory
                .find(source.name(), precision)
                .filter(model -> model.card().source().artifact().equals(source.artifact()));
    }

    private InstalledModel importInto(Staging staging, ModelSource source, Precision precision) throws IOException {
        long started = clock.millis();
        progress.accept("importing " + source.name() + " (" + precision.code() + ") from " + source.artifact());
        Path onnx = staging.scratch("source.onnx");
        String sha256 = copy(source, source.weights(), onnx);
        copy(source, source.tokenizer(), staging.model(InstalledModel.TOKENIZER));
        BertGraph graph = new BertGraph(OnnxReader.read(onnx));
        BertModule.of(graph, precision).write(staging.model(InstalledModel.WEIGHTS));

        ModelCard draft = card(staging, source, precision, graph.shape(), sha256);
        staging.write(ModelCard.FILE, draft.json());
        List<String> texts = ParityTexts.all();
        progress.accept("comparing it with its source on " + texts.size() + " texts");
        Parity parity = check.compare(onnx, InstalledModel.open(staging.model()), texts);
        checkParity(source, precision, parity);

        staging.write(ModelCard.FILE, draft.measured(parity, check.engines()).json());
        Path target = directory.home(source.name()).resolve(sha256.substring(0, Sha256.SHORT) + "-" + precision.code());
        staging.publish(target);
        progress.accept(String.format(
                Locale.ROOT,
                "imported %s in %.1f s; largest difference %.1e, mean cosine %.6f",
                source.name(),
                (clock.millis() - started) / 1000.0,
                parity.largestDifference(),
                parity.meanCosine()));
        return InstalledModel.open(target);
    }

    private String copy(ModelSource source, String resource, Path target) throws IOException {
        MessageDigest digest = Sha256.start();
        try (InputStream in = resources.open(resource)) {
            if (in == null) {
                throw new ModelFileException(resource, "not on the classpath; add the artifact " + source.artifact());
            }
            Files.copy(new DigestInputStream(in, digest), target);
        }
        return Sha256.hex(digest);
    }

    private ModelCard card(
            Staging staging, ModelSource source, Precision precision, BertShape shape, String sourceSha256)
            throws IOException {
        ModelCard.StoredFile weights = stored(staging.model(InstalledModel.WEIGHTS));
        Map<String, ModelCard.StoredFile> files = new TreeMap<>();
        files.put(InstalledModel.WEIGHTS, weights);
        files.put(InstalledModel.TOKENIZER, stored(staging.model(InstalledModel.TOKENIZER)));
        return new ModelCard(
                ModelCard.FORMAT,
                source.name(),
                weights.sha256().substring(0, Sha256.SHORT),
                new ModelCard.Source(source.artifact(), source.licence(), sourceSha256),
                describe(shape),
                shape.hidden(),
                shape.vocabulary(),
                Math.min(source.maxTokens(), shape.positions()),
                precision,
                files,
                Parity.NOT_MEASURED,
                clock.instant().toString(),
                Map.of());
    }

    private static ModelCard.StoredFile stored(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return new ModelCard.StoredFile(Sha256.of(content), content.length);
    }

    private static String describe(BertShape shape) {
        return String.format(
                Locale.ROOT,
                "BERT encoder, %d layers of %d, %d heads, feed-forward %d, mean pooling, length 1",
                shape.layers(),
                shape.hidden(),
                shape.heads(),
                shape.feedForward());
    }

    private static void checkParity(ModelSource source, Precision precision, Parity parity) throws ModelFileException {
        if (!parity.within(precision)) {
            throw new ModelFileException(
                    source.weights(),
                    String.format(
                            Locale.ROOT,
                            "the imported model differs from its source by %.2e (mean cosine %.6f, %d texts) where %s is asked;"
                                    + " it was not kept",
                            parity.largestDifference(),
                            parity.meanCosine(),
                            parity.texts(),
                            Parity.bound(precision)));
        }
    }
}
