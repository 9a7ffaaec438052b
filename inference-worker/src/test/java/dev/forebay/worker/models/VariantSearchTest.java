package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates and comparisons are made up here; both are real in ChoiceTest. */
class VariantSearchTest {
    private static final ModelSource SOURCE = new ModelSource(
            "tiny",
            "tests:tiny:1",
            "Apache-2.0",
            "tiny.onnx",
            new ModelSource.Quantized("tiny-q.onnx", "tests:tiny-q:1"),
            "tiny.json",
            256);
    private static final Machine MACHINE = new Machine("Some CPU", 2, "abc", "pytorch 2.7.1", "cpu");
    private static final Execution AUTO = new Execution(EngineKind.PYTORCH, Optional.empty(), "cpu", 0, 0);

    @TempDir
    private Path root;

    private final Map<Variant, Double> speed = new EnumMap<>(Map.of(
            Variant.FP32, 100.0,
            Variant.FP32_PACKED, 110.0,
            Variant.BF16, 200.0,
            Variant.BF16_PACKED, 300.0,
            Variant.INT8, 400.0));
    private final Map<Variant, Double> cosine = new EnumMap<>(Map.of(Variant.INT8, 0.99));
    private final List<String> raced = new ArrayList<>();
    private Machine machine = MACHINE;
    private int gpus;

    @Test
    void theFastestThatAgreesIsKeptAloneWithItsFigures() throws IOException {
        VariantSearch.Found found = find(AUTO);

        assertThat(found.model().card().variant()).isEqualTo(Variant.BF16_PACKED);
        assertThat(found.model().card().parity().meanCosine()).isEqualTo(1);
        assertThat(found.layout()).isEqualTo(new Layout(2, 1));
        assertThat(directories()).containsExactly("bf16-packed");
        VariantChoice choice = choices().get(0);
        assertThat(choice.variant()).isEqualTo(Variant.BF16_PACKED);
        assertThat(choice.variants()).hasSize(5);
        assertThat(choice.layouts()).hasSize(2);
        assertThat(choice.machine()).isEqualTo(MACHINE);
        found.model().verify();
    }

    @Test
    void aMachineIsMeasuredOnce() throws IOException {
        VariantSearch.Found first = find(AUTO);
        raced.clear();

        assertThat(find(AUTO)).usingRecursiveComparison().isEqualTo(first);

        assertThat(raced).isEmpty();
    }

    @Test
    void anotherMachineIsMeasuredAnewAndTheFirstIsNotForgotten() throws IOException {
        find(AUTO);
        machine = new Machine("Other CPU", 2, "abc", "pytorch 2.7.1", "cpu");
        speed.put(Variant.BF16_PACKED, 10.0);
        speed.put(Variant.BF16, 10.0);

        assertThat(find(AUTO).model().card().variant()).isEqualTo(Variant.FP32_PACKED);
        raced.clear();
        machine = MACHINE;
        assertThat(find(AUTO).model().card().variant()).isEqualTo(Variant.BF16_PACKED);

        assertThat(raced).isEmpty();
        assertThat(choices()).hasSize(2);
    }

    @Test
    void aChosenVariantThatIsGoneIsMadeAgainWithoutMeasuring() throws IOException {
        InstalledModel model = find(AUTO).model();
        for (Path file :
                List.of(model.directory().resolve("model.pt"), model.directory().resolve("tokenizer.json"))) {
            Files.delete(file);
        }
        Files.delete(model.directory().resolve(ModelCard.FILE));
        Files.delete(model.directory());
        raced.clear();

        assertThat(find(AUTO).model().card().variant()).isEqualTo(Variant.BF16_PACKED);

        assertThat(raced).isEmpty();
    }

    @Test
    void aHalfWrittenChoiceIsMeasuredAnew() throws IOException {
        find(AUTO);
        Path file = choiceFiles().get(0);
        Files.writeString(file, Files.readString(file).substring(0, 40));
        raced.clear();

        find(AUTO);

        assertThat(raced).isNotEmpty();
        assertThat(choices()).hasSize(1);
    }

    @Test
    void whereNothingPackedRunsThePlainOneIsChosen() throws IOException {
        speed.remove(Variant.BF16_PACKED);
        speed.remove(Variant.FP32_PACKED);

        assertThat(find(AUTO).model().card().variant()).isEqualTo(Variant.BF16);

        assertThat(choices().get(0).variants())
                .filteredOn(figures -> !figures.ran())
                .extracting(VariantFigures::problem)
                .containsExactly("cannot run fp32-packed", "cannot run bf16-packed");
    }

    @Test
    void whatIsNamedIsTakenThoughItIsCoarse() throws IOException {
        assertThat(find(AUTO.with(Variant.INT8)).model().card().variant()).isEqualTo(Variant.INT8);

        assertThat(raced).containsExactly("int8 as 2 x 1", "int8 as 1 x 2");
    }

    @Test
    void whatIsNamedAndFixedIsNotMeasured() throws IOException {
        VariantSearch.Found found = find(AUTO.with(Variant.FP32).on(1, 2));

        assertThat(found.layout()).isEqualTo(new Layout(1, 2));
        assertThat(raced).isEmpty();
        assertThat(choices()).isEmpty();
    }

    @Test
    void onGpusOneExecutorPerDeviceAndNothingPacked() throws IOException {
        gpus = 2;
        speed.put(Variant.FP16, 500.0);

        VariantSearch.Found found = find(AUTO.on("auto"));

        assertThat(found.model().card().variant()).isEqualTo(Variant.FP16);
        assertThat(found.layout()).isEqualTo(new Layout(2, 1));
        assertThat(raced).containsExactly("fp32 as 2 x 1", "bf16 as 2 x 1", "fp16 as 2 x 1");
    }

    @Test
    void whereNothingAgreesTheReasonsAreSaid() {
        speed.keySet().retainAll(List.of(Variant.FP32, Variant.INT8));
        cosine.put(Variant.FP32, 0.5);

        assertThatThrownBy(() -> find(AUTO))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("tiny.onnx: no variant both runs here and agrees with it")
                .hasMessageContaining("fp32: mean cosine 0.5")
                .hasMessageContaining("bf16: cannot run bf16");
        assertThat(raced).isNotEmpty();
    }

    private VariantSearch.Found find(Execution wanted) throws IOException {
        Map<String, byte[]> files = Map.of("tiny.onnx", new TinyBert().bytes(), "tiny.json", new byte[] {'{', '}'});
        ModelImporter importer = new ModelImporter(
                ModelDirectory.at(root),
                name -> {
                    byte[] content = files.get(name);
                    return content == null ? null : new ByteArrayInputStream(content);
                },
                new MadeUpParity(),
                Clock.systemUTC(),
                line -> {});
        return new VariantSearch(ModelDirectory.at(root), importer, new MadeUpTrials(), Clock.systemUTC(), line -> {})
                .find(SOURCE, wanted);
    }

    private List<VariantChoice> choices() throws IOException {
        return ModelDirectory.at(root).choices("tiny");
    }

    private List<Path> choiceFiles() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("tiny"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private List<String> directories() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("tiny"))) {
            return files.filter(Files::isDirectory)
                    .map(file -> String.valueOf(file.getFileName()).substring("0123456789ab-".length()))
                    .toList();
        }
    }

    private final class MadeUpParity implements ModelImporter.ParityCheck {
        @Override
        public Map<String, String> engines() {
            return Map.of("none", "1");
        }

        @Override
        public Parity compare(Path onnx, InstalledModel imported, List<String> texts) {
            double found = cosine.getOrDefault(imported.card().variant(), 1.0);
            return new Parity("none", texts.size(), 1 - found, found);
        }
    }

    private final class MadeUpTrials implements Trials {
        @Override
        public Machine machine() {
            return machine;
        }

        @Override
        public int gpus() {
            return gpus;
        }

        @Override
        public List<VariantFigures> race(List<InstalledModel> models, Layout layout) {
            return models.stream()
                    .map(model -> figures(model.card().variant(), layout))
                    .toList();
        }

        @Override
        public List<LayoutFigures> race(InstalledModel model, List<Layout> layouts) {
            layouts.forEach(layout -> raced.add(model.card().variant().code() + " as " + layout));
            return layouts.stream()
                    .map(layout -> new LayoutFigures(layout, new Rates(List.of(100.0))))
                    .toList();
        }

        private VariantFigures figures(Variant variant, Layout layout) {
            raced.add(variant.code() + " as " + layout);
            Double rate = speed.get(variant);
            return rate == null
                    ? VariantFigures.failed(variant, "cannot run " + variant.code())
                    : VariantFigures.raced(variant, new Rates(List.of(rate, rate * 1.01, rate * 0.99)));
        }
    }
}
