package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and comparison are made up here; both are real in ImportTest. */
class ModelImporterTest {
    private static final ModelSource SOURCE = new ModelSource(
            "tiny",
            "tests:tiny:1",
            "Apache-2.0",
            "tiny.onnx",
            new ModelSource.Quantized("tiny-q.onnx", "tests:tiny-q:1"),
            "tiny.json",
            256);
    private static final Parity GOOD = new Parity("none", 100, 1e-7, 1);

    private final Queue<String> progress = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path root;

    @Test
    void importsAtTheSameTimeMakeOneModel() throws Exception {
        CompletableFuture<InstalledModel> one = CompletableFuture.supplyAsync(() -> importWith(GOOD));
        CompletableFuture<InstalledModel> other = CompletableFuture.supplyAsync(() -> importWith(GOOD));

        InstalledModel model = one.get(60, TimeUnit.SECONDS);

        assertThat(other.get(60, TimeUnit.SECONDS).directory()).isEqualTo(model.directory());
        assertThat(progress).filteredOn(line -> line.startsWith("importing")).hasSize(1);
        assertThat(model.directory().toString()).matches(".*tiny/[0-9a-f]{12}-fp32");
        assertThat(model.card().parity()).isEqualTo(GOOD);
        assertThat(model.card().maxTokens())
                .as("no more than there are positions")
                .isEqualTo(TinyBert.POSITIONS);
        model.verify();
        assertThat(names())
                .containsExactlyInAnyOrder(
                        ".lock", String.valueOf(model.directory().getFileName()));
    }

    @Test
    void aModelThatDiffersFromItsSourceIsNotKept() throws IOException {
        assertThatThrownBy(() -> importWith(new Parity("none", 100, 2e-4, 0.99)))
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("differs from its source by 2.00e-04")
                .hasMessageContaining("a difference below 1.0E-4");

        assertThat(names()).containsExactly(".lock");
    }

    @Test
    void whatADeadImportLeftIsRemovedByTheNext() throws IOException {
        Path left = root.resolve("tiny/.import-dead/model");
        Files.createDirectories(left);
        Files.writeString(left.resolve("model.pt"), "half");

        importWith(GOOD);

        assertThat(names()).noneMatch(name -> name.startsWith(".import"));
    }

    @Test
    void nothingMeasuredIsNotAgreement() {
        assertThat(new Parity("none", 100, Double.NaN, Double.NaN).isWithin(Variant.FP32))
                .isFalse();
        assertThat(new Parity("none", 100, Double.NaN, Double.NaN).isWithin(Variant.BF16))
                .isFalse();
        assertThat(new Parity("none", 100, 3e-3, 0.9999).isWithin(Variant.BF16)).isTrue();
    }

    @Test
    void theTextsOfTheComparisonAreManyAndVaried() throws IOException {
        List<String> texts = ParityTexts.all();

        assertThat(texts)
                .hasSizeGreaterThanOrEqualTo(100)
                .doesNotHaveDuplicates()
                .contains("", " ");
        assertThat(texts).anyMatch(text -> text.length() > 2_000);
        assertThat(texts).anyMatch(text -> text.codePoints().anyMatch(c -> c > 0xffff));
        assertThat(texts.stream()
                        .flatMapToInt(String::codePoints)
                        .mapToObj(Character.UnicodeScript::of)
                        .distinct())
                .hasSizeGreaterThan(12);
    }

    @Test
    void theEmbeddedDefaultNamesItsArtifactWithItsVersion() {
        assertThat(ModelSource.miniLm().artifact()).matches("dev\\.langchain4j:.*:[0-9].*");
        assertThat(ModelSource.names())
                .allSatisfy(name -> assertThat(ModelSource.named(name)).isPresent());
    }

    @Test
    void aSourceThatIsNotOnTheClasspathIsNamed() {
        ModelSource source = new ModelSource(
                "other",
                "group:artifact:1",
                "none",
                "other.onnx",
                new ModelSource.Quantized("other-q.onnx", "group:artifact-q:1"),
                "other.json",
                8);

        assertThatThrownBy(() -> importer(GOOD).resolveOrImport(source, Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("other.onnx")
                .hasMessageContaining("group:artifact:1");
    }

    private InstalledModel importWith(Parity parity) {
        try {
            return importer(parity).resolveOrImport(SOURCE, Variant.FP32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelImporter importer(Parity parity) {
        ModelImporter.ParityCheck check = new ModelImporter.ParityCheck() {
            @Override
            public Map<String, String> engines() {
                return Map.of("none", "1");
            }

            @Override
            public Parity compare(Path onnx, InstalledModel imported, List<String> texts) {
                return parity;
            }
        };
        Map<String, byte[]> files = Map.of("tiny.onnx", new TinyBert().bytes(), "tiny.json", new byte[] {'{', '}'});
        ModelImporter.Resources resources = name -> {
            byte[] content = files.get(name);
            return content == null ? null : new ByteArrayInputStream(content);
        };
        return new ModelImporter(ModelDirectory.at(root), resources, check, Clock.systemUTC(), progress::add);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve("tiny"))) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
