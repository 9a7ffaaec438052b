package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every variant of the real weights, made and run on this machine. */
class VariantsTest {
    private static final List<String> TEXTS =
            List.of("short", "the river rose over night", "送料はいくらですか", "why was my card refused ".repeat(12));

    @ParameterizedTest
    @CsvSource({"FP32, 1e-4", "FP32_PACKED, 1e-4", "BF16, 2e-2", "BF16_PACKED, 2e-2", "FP16, 5e-3", "ONNX_FP32, 1e-4"})
    void aVariantWithinTheBoundPointsWhereItsSourcePoints(Variant variant, double largest) throws IOException {
        ModelCard card = card(variant);

        assertThat(card.variant()).isEqualTo(variant);
        assertThat(card.parity().texts()).isGreaterThanOrEqualTo(100);
        assertThat(card.parity().isWithin(variant)).isTrue();
        assertThat(card.parity().meanCosine()).isGreaterThan(0.999);
        assertThat(card.parity().largestDifference()).isLessThan(largest);
    }

    @ParameterizedTest
    @EnumSource(names = {"INT8", "ONNX_INT8"})
    void eightBitsAreCloseAndOutsideTheBound(Variant variant) throws IOException {
        List<String> said = new ArrayList<>();

        ModelCard card =
                LocalModels.resolve(SharedModel.config(variant), said::add).card();

        assertThat(card.parity().meanCosine()).isBetween(0.98, 0.999);
        assertThat(card.parity().isWithin(variant)).isFalse();
        assertThat(said).allMatch(line -> !line.contains("cosine") || line.contains("0.9"));
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAPaddedBatchAreThoseOfTheirTextsAlone(Variant variant) {
        // 8-bit variants give all texts of a batch one scale, so their neighbours matter a little
        double tolerance = variant.code().contains("8") ? 0.05 : variant.code().contains("16") ? 0.02 : 1e-5;
        try (DjlModel model = SharedModel.load(variant)) {
            List<float[]> together = SharedModel.vectors(model, TEXTS);

            assertThat(model.describe().precision()).isEqualTo(variant.code());
            for (int i = 0; i < TEXTS.size(); i++) {
                float[] alone =
                        SharedModel.vectors(model, List.of(TEXTS.get(i))).get(0);
                assertThat(SharedModel.difference(together.get(i), alone)).isLessThan(tolerance);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "ONNX_FP32"})
    void badIdsAreCaughtBeforeTheEngine(Variant variant) {
        try (DjlModel model = SharedModel.load(variant)) {
            List<Tokens> batch = List.of(new Tokens(new long[] {101, -1, 102}, false), new Tokens(new long[0], false));

            assertThat(model.infer(batch)).hasSize(2).allSatisfy(row -> assertThat(row.toString())
                    .contains("Invalid"));
        }
    }

    @Test
    void packedFilesDifferFromPlainOnesInTheirProgramAlone() throws IOException {
        ModelCard plain = card(Variant.BF16);
        ModelCard packed = card(Variant.BF16_PACKED);

        assertThat(packed.version()).isNotEqualTo(plain.version());
        assertThat(bytes(packed)).isCloseTo(bytes(plain), Offset.offset(100_000L));
        assertThat(bytes(packed)).isLessThan(50_000_000);
    }

    private static long bytes(ModelCard card) {
        return card.files().values().stream()
                .mapToLong(ModelCard.StoredFile::bytes)
                .sum();
    }

    private static ModelCard card(Variant variant) throws IOException {
        InstalledModel model = LocalModels.resolve(SharedModel.config(variant), line -> {});
        model.verify();
        return model.card();
    }
}
