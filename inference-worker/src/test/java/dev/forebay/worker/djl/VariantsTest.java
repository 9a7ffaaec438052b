package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant of the real weights that this processor has the instructions for, made and run. */
@Tag("slow")
class VariantsTest {
    private static final Map<Variant, Double> LARGEST_DIFFERENCE = Map.of(
            Variant.FP32, 1e-4,
            Variant.FP32_PACKED, 1e-4,
            Variant.BF16, 2e-2,
            Variant.BF16_PACKED, 2e-2,
            Variant.FP16, 5e-3,
            Variant.ONNX_FP32, 1e-4);

    private static final List<String> TEXTS =
            List.of("short", "the river rose over night", "送料はいくらですか", "why was my card refused ".repeat(12));

    static Stream<Variant> runningHere() {
        return Arrays.stream(Variant.values()).filter(variant -> variant != Variant.BF16_PACKED || packsBf16());
    }

    static Stream<Variant> withinTheBound() {
        return runningHere().filter(LARGEST_DIFFERENCE::containsKey);
    }

    @ParameterizedTest
    @MethodSource("withinTheBound")
    void aVariantWithinTheBoundPointsWhereItsSourcePoints(Variant variant) throws IOException {
        ModelCard card = card(variant);

        assertThat(card.variant()).isEqualTo(variant);
        assertThat(card.parity().texts()).isGreaterThanOrEqualTo(100);
        assertThat(card.parity().isWithin(variant)).isTrue();
        assertThat(card.parity().meanCosine()).isGreaterThan(0.999);
        assertThat(card.parity().largestDifference()).isLessThan(LARGEST_DIFFERENCE.get(variant));
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
    @MethodSource("runningHere")
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
        ModelCard plain = card(Variant.FP32);
        ModelCard packed = card(Variant.FP32_PACKED);

        assertThat(packed.version()).isNotEqualTo(plain.version());
        assertThat(bytes(packed)).isCloseTo(bytes(plain), Offset.offset(100_000L));
        assertThat(bytes(card(Variant.BF16))).isLessThan(50_000_000);
    }

    /** libtorch 2.7 packs bf16 matrices only for these instructions. */
    @Test
    void aProcessorThatCannotPackBf16IsSaidSo() {
        if (packsBf16()) {
            assertThatCode(() -> card(Variant.BF16_PACKED)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> card(Variant.BF16_PACKED))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("cannot be loaded: mkldnn_reorder_linear_weight: bf16 path needs the cpu");
        }
    }

    private static boolean packsBf16() {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        try {
            String flags = Files.exists(cpuinfo) ? Files.readString(cpuinfo) : "";
            return flags.contains("avx_ne_convert")
                    || (flags.contains("avx512bw") && flags.contains("avx512vl") && flags.contains("avx512dq"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
