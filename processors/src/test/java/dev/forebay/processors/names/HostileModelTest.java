package dev.forebay.processors.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import opennlp.hostile.Planted;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.namefind.TokenNameFinderModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are made to harm who reads them: each is refused with what is wrong, before OpenNLP sees it. */
class HostileModelTest {
    private static final String PLANTED = "opennlp.hostile.Planted";
    private static final String FEATURES = "opennlp.tools.util.featuregen.";

    @TempDir
    Path directory;

    @AfterEach
    void nothingWasLoaded() {
        assertThat(System.clearProperty(Planted.MARK)).isNull();
    }

    @Test
    void rightFileIsRead() throws UnfitModelException {
        assertThat(NameModel.read(ModelFile.of(SmallModel.file()).bytes()).entities())
                .containsExactly("city", "person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"factory", "sequenceCodecImplName", "serializer-class-nameFinder.model"})
    void classThatTheManifestNamesIsNotLoaded(String key) {
        byte[] file = ModelFile.of(SmallModel.file())
                .withProperty(key + "=" + PLANTED)
                .bytes();

        assertUnfit(file, "Its manifest names a class, " + key + "=" + PLANTED + "; no class is loaded for a model");
    }

    /** What this is about: OpenNLP's own way loads the class, of a package that it trusts. */
    @Test
    void openNlpItselfLoadsIt() {
        byte[] file = ModelFile.of(SmallModel.file())
                .withProperty("factory=opennlp.hostile.Loadable")
                .bytes();

        assertThatThrownBy(() -> new TokenNameFinderModel(new ByteArrayInputStream(file)));

        assertThat(System.clearProperty(Planted.MARK)).isEqualTo("loaded");
    }

    @Test
    void classThatTheFeaturesNameIsNotLoaded() {
        assertUnfit(
                descriptor("<generator class='" + PLANTED + "'/>"),
                "Its descriptor of features names a class, " + PLANTED
                        + "; only those of OpenNLP that need no resources are loaded");
        assertUnfit(
                descriptor("<generator class='" + FEATURES
                        + "WindowFeatureGeneratorFactory'><int name='prevLength'>1</int>"
                        + "<int name='nextLength'>1</int><generator class='" + PLANTED + "'/></generator>"),
                PLANTED);
        assertUnfit(descriptor("<generator class=''/>"), "names a class, ;");
    }

    /** Of OpenNLP, but with files of their own within the file, or with a tagger that has a manifest of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DictionaryFeatureGeneratorFactory",
                "BrownClusterTokenFeatureGeneratorFactory",
                "WordClusterFeatureGeneratorFactory",
                "POSTaggerNameFeatureGeneratorFactory",
                "PosTaggerFeatureGeneratorFactory"
            })
    void featuresThatNeedResourcesAreRefused(String name) {
        assertUnfit(descriptor("<generator class='" + FEATURES + name + "'/>"), "need no resources");
    }

    @Test
    void featuresThatCostMoreThanAWordIsWorthAreRefused() {
        String window =
                "<generator class='" + FEATURES + "WindowFeatureGeneratorFactory'><int name='prevLength'>%s</int>"
                        + "<int name='nextLength'>2</int>%s</generator>";
        String token = "<generator class='" + FEATURES + "TokenFeatureGeneratorFactory'/>";
        String aggregated = "<generator class='" + FEATURES + "AggregatedFeatureGeneratorFactory'>%s</generator>";

        assertUnfit(descriptor(window.formatted("2000000000", token)), "a number prevLength that is not 0 to 10");
        assertUnfit(descriptor(window.formatted("-1", token)), "a number prevLength that is not 0 to 10");
        assertUnfit(descriptor(window.formatted("many", token)), "a number prevLength that is not 0 to 10");
        assertUnfit(descriptor(window.formatted("9", window.formatted("9", token))), "a window within a window");
        assertUnfit(
                descriptor(window.formatted("9", aggregated.formatted(window.formatted("9", token)))),
                "a window within a window");
        assertUnfit(descriptor(token.repeat(51)), "more than 50 generators");
        String deep = token;
        for (int i = 0; i < 5; i++) {
            deep = aggregated.formatted(deep);
        }
        assertUnfit(descriptor(deep), "more than 4 within one another");
        assertUnfit(
                descriptor("<generator class='" + FEATURES + "CharacterNgramFeatureGeneratorFactory'>"
                        + "<int name='min'>1</int><int name='max'>1000000</int></generator>"),
                "a number max that is not 1 to 10");
        assertUnfit(descriptor("<str name='dict'>x</str>"), "an element str, which is not known here");
    }

    @Test
    void entityOfADescriptorIsNotLookedUp() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "7");
        String external = "<!DOCTYPE featureGenerators [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>";
        String laughs = "<!DOCTYPE featureGenerators [<!ENTITY a '" + "1".repeat(99) + "'><!ENTITY b '"
                + "&a;".repeat(99) + "'><!ENTITY x '" + "&b;".repeat(99) + "'>]>";
        String body = "<featureGenerators><generator class='" + FEATURES + "PrefixFeatureGeneratorFactory'>"
                + "<int name='length'>&x;</int></generator></featureGenerators>";

        assertUnfit(features(external + body), "Its descriptor of features is no XML without a DTD");
        assertUnfit(features(laughs + body), "Its descriptor of features is no XML without a DTD");
        assertUnfit(features("<featureGenerators>"), "Its descriptor of features is no XML without a DTD");
        assertUnfit(features("<generators/>"), "Its descriptor of features is not of OpenNLP 1.9 or later");
        assertUnfit(
                features("<featureGenerators>" + " ".repeat(70_000) + "</featureGenerators>"), "longer than 64 KiB");
    }

    @Test
    void archiveHoldsNothingBesideItsParts() {
        assertUnfit(model().with("../../etc/cron.d/x", "x").bytes(), "It holds ../../etc/cron.d/x;");
        assertUnfit(model().with("tags.dictionary", "<dictionary/>").bytes(), "It holds tags.dictionary;");
        assertUnfit(model().with("tagger.postagger", SmallModel.file()).bytes(), "It holds tagger.postagger;");
        assertUnfit(model().with("nameFinder.model/", new byte[0]).bytes(), "It holds nameFinder.model/;");
        assertUnfit(model().with("a\u001B[2J\n", "x").bytes(), "It holds a?[2J?;");
        assertUnfit(model().without(ModelArchive.CLASSIFIER).bytes(), "It has no nameFinder.model");
        assertUnfit(model().without(ModelArchive.MANIFEST).bytes(), "It has no manifest.properties");
        assertUnfit(model().with(ModelArchive.MANIFEST, "a=\\u00").bytes(), "no list of properties");
        assertUnfit(twice(), "It has two entries generator.featuregen");
    }

    /** 200 KB that would be 200 MB; of an entry that nobody wants, too. */
    @ParameterizedTest
    @ValueSource(strings = {ModelArchive.CLASSIFIER, "bomb"})
    void bombIsNotUnpacked(String name) {
        assertUnfit(model().with(name, new byte[200 << 20]).bytes(), "It is more than 128 MiB when unpacked");
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
            out.writeObject(new ArrayList<>(List.of("a")));
        }
        byte[] language;
        try (var in = LanguageDetectorModel.class.getResourceAsStream("/langdetect-183.bin")) {
            language = in == null ? new byte[0] : in.readAllBytes();
        }

        assertUnfit(language, "It is a model for LanguageDetectorME, not for NameFinderME, which finds names");
        assertUnfit(new byte[0], "It has no manifest.properties");
        assertUnfit("a text".getBytes(StandardCharsets.UTF_8), "It has no manifest.properties");
        assertUnfit(serialized.toByteArray(), "It has no manifest.properties");
        assertUnfit(
                model().with(ModelArchive.CLASSIFIER, serialized.toByteArray()).bytes(), "Its classifier");
    }

    @Test
    void countsNeedTheBytesThatTheyCount() {
        for (int count : new int[] {Integer.MAX_VALUE, 9_000_000, -1, 0}) {
            assertUnfit(
                    withClassifier(ModelFile.classifier(out -> {
                        out.writeUTF("Perceptron");
                        out.writeInt(count);
                    })),
                    "Its classifier has not 2 to 200 outcomes");
            assertUnfit(
                    withClassifier(ModelFile.classifier(out -> {
                        out.writeUTF("Perceptron");
                        ModelFile.texts(out, List.of("person-start", "other"));
                        out.writeInt(count);
                    })),
                    "Its classifier ends too early");
            assertUnfit(
                    withClassifier(ModelFile.classifier(out -> {
                        out.writeUTF("Perceptron");
                        ModelFile.texts(out, List.of("person-start", "other"));
                        ModelFile.texts(out, List.of("1 0"));
                        out.writeInt(count);
                    })),
                    "Its classifier ends too early");
        }
        assertUnfit(withClassifier(ModelFile.classifier("2000000000 0 1", 1, 1)), "has not the 2000000000 predicates");
        assertUnfit(withClassifier(ModelFile.classifier("1 0 1", 1)), "Its classifier ends too early");
    }

    @Test
    void classifierRefersToWhatItHas() {
        assertUnfit(
                withClassifier(ModelFile.classifier("1 0 7", 1, 1)), "parameters of an outcome that it does not have");
        assertUnfit(withClassifier(ModelFile.classifier("1 -1", 1)), "parameters of an outcome that it does not have");
        assertUnfit(withClassifier(ModelFile.classifier("1 x", 1)), "Its classifier is damaged");
        assertUnfit(withClassifier(ModelFile.classifier("1", 1)), "Its classifier is damaged");
        assertUnfit(withClassifier(ModelFile.classifier("", 1)), "Its classifier is damaged");
        assertUnfit(withClassifier(ModelFile.classifier("1 0", Double.NaN)), "a parameter that is no number");
        assertUnfit(
                withClassifier(ModelFile.classifier("1 0", Double.POSITIVE_INFINITY)), "a parameter that is no number");
        assertUnfit(withClassifier(ModelFile.classifier(out -> out.writeUTF("NaiveBayes"))), "of the type NaiveBayes");
        assertUnfit(withClassifier(ModelFile.classifier(out -> out.writeUTF("QN"))), "of the type QN");
        assertUnfit(
                withClassifier(ModelFile.classifier(out -> {
                    out.writeUTF("Perceptron");
                    ModelFile.texts(out, List.of("\u001B[31m", "other"));
                })),
                "an outcome ?[31m, which is no kind of names");
        assertUnfit(
                withClassifier(ModelFile.classifier(out -> {
                    out.writeUTF("Perceptron");
                    ModelFile.texts(out, List.of("NN", "VB"));
                    ModelFile.texts(out, List.of("1 0"));
                    ModelFile.texts(out, List.of("def"));
                    out.writeDouble(1);
                })),
                "outcomes that are not those of a name finder");
    }

    /** Parameters that no training gives: nothing is likely then, and nothing is found. */
    @Test
    void modelOfExtremesFindsNothingAndThrowsNothing() throws UnfitModelException {
        for (double parameter : new double[] {1e308, -1e308, 1e-308, 800, -800}) {
            NameModel model = NameModel.read(
                    model().with(ModelArchive.CLASSIFIER, ModelFile.classifier("1 0 1", parameter, -parameter))
                            .bytes());

            model.find("Dear Anna Meier, ".repeat(500), name -> assertThat(name.entity())
                    .isEqualTo("person"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedFileIsRefusedOrFindsNamesInAnyText(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            ModelFile file = model();
            String part =
                    i % 3 == 0 ? ModelArchive.FEATURES : i % 3 == 1 ? ModelArchive.MANIFEST : ModelArchive.CLASSIFIER;
            byte[] bytes = damaged(file.entry(part).clone(), random);
            try {
                NameModel model = NameModel.read(file.with(part, bytes).bytes());
                model.find("Dear José O'Brien,\n\nI live in Bad Homburg. 12/3 😀", name -> {});
            } catch (UnfitModelException e) {
                assertThat(e).hasMessageMatching("[ -~]{10,400}");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", file " + i + ", " + part, e);
            }
        }
        assertThat(refused).isBetween(20, 148);
    }

    @Test
    void fileThatEndsTooEarlyIsRefused() {
        byte[] file = SmallModel.file();
        for (int i = 0; i < 50; i++) {
            byte[] part = Arrays.copyOf(file, file.length * i / 60);
            assertThatThrownBy(() -> NameModel.read(part)).isInstanceOf(UnfitModelException.class);
        }
    }

    /** A few bytes at the beginning, where the counts are, or anywhere; or the end cut off. */
    private static byte[] damaged(byte[] bytes, Random random) {
        if (random.nextInt(5) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        int within = random.nextBoolean() ? Math.min(120, bytes.length) : bytes.length;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes[random.nextInt(within)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static ModelFile model() {
        return ModelFile.of(SmallModel.file());
    }

    private static byte[] withClassifier(byte[] classifier) {
        return model().with(ModelArchive.CLASSIFIER, classifier).bytes();
    }

    private static byte[] descriptor(String generators) {
        return features("<featureGenerators>" + generators + "</featureGenerators>");
    }

    private static byte[] features(String xml) {
        return model().with(ModelArchive.FEATURES, xml).bytes();
    }

    /** One entry under a name of equal length, which is then the same name. */
    private static byte[] twice() {
        byte[] bytes =
                model().with("generator.featuregex", "<featureGenerators/>").bytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace("generator.featuregex", ModelArchive.FEATURES).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertUnfit(byte[] file, String message) {
        assertThatThrownBy(() -> NameModel.read(file))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining(message);
    }
}
