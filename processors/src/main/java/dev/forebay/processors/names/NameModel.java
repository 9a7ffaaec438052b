package dev.forebay.processors.names;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.ml.model.BinaryFileDataReader;
import opennlp.tools.ml.model.GenericModelReader;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.namefind.BioCodec;
import opennlp.tools.namefind.NameContextGenerator;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.util.SequenceCodec;
import org.jspecify.annotations.Nullable;

/**
 * A name finder of Apache OpenNLP: a maximum entropy or perceptron classifier of words. It is put together here from the checked
 * parts of its file, since OpenNLP's own way would load what the file names. Safe for use by several threads; the time is in
 * proportion to the text, and no text makes it throw.
 */
public final class NameModel {
    /** Longer files are not models of this kind. */
    public static final int MAX_FILE_BYTES = 32 << 20;

    private static final String OTHER = "other";
    /** One of each kind of word: what a model would stumble over, it stumbles over when it is read. */
    private static final String PROBE = "Dear Ann O'Neill-Ó, I paid 12.50 € on 3/4/26. ÄRGER 中 😀 x1 \n\nJ. R. Smith";

    private final MaxentModel classifier;
    private final ModelManifest manifest;
    private final byte @Nullable [] features;
    private final Set<String> entities;
    private final Queue<NameFinder> idle = new ConcurrentLinkedQueue<>();

    private NameModel(
            MaxentModel classifier, ModelManifest manifest, byte @Nullable [] features, Set<String> entities) {
        this.classifier = classifier;
        this.manifest = manifest;
        this.features = features;
        this.entities = entities;
    }

    /**
     * Reads a file as OpenNLP's trainer writes it, of version 1.5 or later.
     *
     * @param file the whole of it, of which nothing is trusted
     * @throws UnfitModelException where it is anything else than a name finder that needs nothing beyond itself
     */
    public static NameModel read(byte[] file) throws UnfitModelException {
        ModelArchive archive = ModelArchive.read(file);
        byte[] features = archive.features();
        if (features != null) {
            FeatureDescriptor.check(features);
        }
        List<String> outcomes = ClassifierScan.outcomes(archive.classifier());
        Set<String> entities = outcomes.stream()
                .filter(outcome -> !outcome.equals(OTHER))
                .map(NameFinder::entity)
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            NameModel model = new NameModel(classifier(archive.classifier()), archive.manifest(), features, entities);
            if (!model.codec().areOutcomesCompatible(outcomes.toArray(new String[0]))) {
                throw new UnfitModelException("Its classifier has outcomes that are not those of a name finder");
            }
            model.find(PROBE, name -> {});
            return model;
        } catch (IOException | RuntimeException e) {
            throw new UnfitModelException(
                    "OpenNLP cannot use it: " + UnfitModelException.shown(String.valueOf(e.getMessage())));
        }
    }

    private static MaxentModel classifier(byte[] bytes) throws IOException {
        return new GenericModelReader(new BinaryFileDataReader(new ByteArrayInputStream(bytes))).getModel();
    }

    /** What the model finds the names of, as it calls it: {@code person}. */
    public Set<String> entities() {
        return entities;
    }

    /** The names in a text; those of a long sentence, which is read in windows that overlap, may overlap too. */
    public void find(String text, Consumer<Name> found) {
        NameFinder finder = idle.poll();
        if (finder == null) {
            finder = finder();
        }
        finder.find(text, found);
        idle.add(finder);
    }

    private NameFinder finder() {
        SequenceCodec<String> codec = codec();
        NameContextGenerator contexts = new TokenNameFinderFactory(features, Map.of(), codec).createContextGenerator();
        return new NameFinder(new BeamSearch(manifest.beam(), classifier), contexts, codec);
    }

    private SequenceCodec<String> codec() {
        return manifest.bilou() ? new BilouCodec() : new BioCodec();
    }
}
