package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportTest {
    @Test
    void fp32GivesTheNumbersOfTheSource() throws IOException {
        ModelCard card = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {})
                .card();

        assertThat(card.parity().texts()).isGreaterThanOrEqualTo(100);
        assertThat(card.parity().largestDifference()).isLessThan(1e-4);
        assertThat(card.parity().meanCosine()).isGreaterThan(0.999999);
        assertThat(card.dimension()).isEqualTo(384);
        assertThat(card.architecture()).contains("6 layers of 384, 12 heads, feed-forward 1536");
        assertThat(card.engines()).containsKeys("pytorch", "onnxruntime", "djl");
    }

    @Test
    void theCheckItselfIsMadeAgainOnTheModelInUse() throws Exception {
        InstalledModel model = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {});
        DjlModel loaded = SharedModel.fp32();
        List<String> texts = List.of("a", "the river rose over night", "short", "word ".repeat(400), "送料はいくらですか");

        try (SourceFile source = SourceFile.extract();
                OnnxEncoder reference = new OnnxEncoder(source.path())) {
            List<float[]> expected =
                    loaded.tokenize(texts).stream().map(reference::encode).toList();
            assertThat(SharedModel.vectors(loaded, texts))
                    .usingElementComparator((a, b) -> SharedModel.difference(a, b) < 1e-4 ? 0 : 1)
                    .containsExactlyElementsOf(expected);
        }
        assertThat(model.card().version()).isEqualTo(loaded.describe().version());
    }

    @Test
    void bf16PointsTheSameWay() throws IOException {
        ModelCard card = LocalModels.resolve(SharedModel.config(Variant.BF16), line -> {})
                .card();

        assertThat(card.parity().meanCosine()).isGreaterThan(0.999);
        assertThat(card.parity().largestDifference()).isBetween(1e-5, 2e-2);
        assertThat(card.files())
                .hasEntrySatisfying("model.pt", file -> assertThat(file.bytes()).isLessThan(50_000_000));
    }

    @Test
    void aModelThatIsThereIsNotImportedAgain() throws IOException {
        LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {});

        LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {
            throw new AssertionError("imported again: " + line);
        });

        assertThat(ModelDirectory.at(SharedModel.DIRECTORY).list())
                .extracting(model -> model.card().variant())
                .contains(Variant.FP32);
    }
}
