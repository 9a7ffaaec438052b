package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final Parity SAME = new Parity("source", 100, 1e-7, 1);
    private static final Parity CLOSE = new Parity("source", 100, 3e-3, 0.99995);
    private static final Parity COARSE = new Parity("source", 100, 0.05, 0.9902);

    @Test
    void theFastestThatAgreesIsChosenAndSaysWhy() {
        Decision<Variant> decision = decide(
                raced(Variant.FP32, SAME, 100, 100, 100),
                raced(Variant.BF16_PACKED, CLOSE, 310, 300, 290),
                raced(Variant.INT8, COARSE, 400, 400, 400));

        assertThat(decision.chosen()).isEqualTo(Variant.BF16_PACKED);
        assertThat(decision.reason())
                .isEqualTo("3.00 times fp32; mean cosine to its source 0.99995;"
                        + " int8 left out: mean cosine 0.9902 where a mean cosine of 0.999 is asked");
    }

    @Test
    void ofTwoThatAreEquallyFastTheFormerIsChosen() {
        Decision<Variant> decision =
                decide(raced(Variant.FP32, SAME, 100, 101, 99), raced(Variant.FP32_PACKED, SAME, 104, 105, 103));

        assertThat(decision.chosen()).isEqualTo(Variant.FP32);
        assertThat(decision.reason()).isEqualTo("no other that agrees with its source is 5 % faster");
    }

    @Test
    void smallStepsAddUp() {
        Decision<Variant> decision = decide(
                raced(Variant.FP32, SAME, 100, 100, 100),
                raced(Variant.FP32_PACKED, SAME, 104, 104, 104),
                raced(Variant.BF16, CLOSE, 108, 108, 108));

        assertThat(decision.chosen()).isEqualTo(Variant.BF16);
    }

    @Test
    void aMachineThatSlowsDownMidwayDoesNotTurnTheChoice() {
        // medians over all rounds would say that the first is faster: 100 against 60
        Decision<Variant> decision = decide(
                raced(Variant.FP32, SAME, 100, 100, 100, 50, 50), raced(Variant.BF16, CLOSE, 120, 120, 60, 60, 60));

        assertThat(decision.chosen()).isEqualTo(Variant.BF16);
    }

    @Test
    void oneWildRoundDoesNotTurnTheChoice() {
        Decision<Variant> decision = decide(
                raced(Variant.FP32, SAME, 100, 100, 100, 100, 100), raced(Variant.BF16, CLOSE, 101, 900, 99, 100, 102));

        assertThat(decision.chosen()).isEqualTo(Variant.FP32);
    }

    @Test
    void aPackedVariantThatDoesNotLoadLeavesThePlainOne() {
        Decision<Variant> decision = decide(
                raced(Variant.FP32, SAME, 100, 100, 100),
                raced(Variant.BF16, CLOSE, 200, 200, 200),
                VariantFigures.failed(Variant.BF16_PACKED, "no such operator"));

        assertThat(decision.chosen()).isEqualTo(Variant.BF16);
        assertThat(decision.reason()).contains("2.00 times fp32", "bf16-packed left out: it does not run here");
    }

    @Test
    void nothingThatAgreesIsNoChoice() {
        List<VariantFigures> figures = List.of(
                VariantFigures.failed(Variant.FP32, "broken"),
                raced(Variant.INT8, COARSE, 400, 400),
                VariantFigures.raced(Variant.BF16, new Rates(List.of(900.0))));

        assertThat(Decision.amongVariants(figures)).isEmpty();
    }

    @Test
    void comparesTheFastestFirstAndNoMoreThanTheChoiceNeeds() {
        VariantFigures fp32 = VariantFigures.raced(Variant.FP32, rates(100));
        VariantFigures bf16 = VariantFigures.raced(Variant.BF16, rates(290));
        VariantFigures packed = VariantFigures.raced(Variant.BF16_PACKED, rates(300));
        VariantFigures int8 = VariantFigures.raced(Variant.INT8, rates(400));

        assertThat(Decision.toCompare(List.of(fp32, bf16, packed, int8))).contains(Variant.INT8);
        assertThat(Decision.toCompare(List.of(fp32, bf16, packed, int8.with(COARSE))))
                .contains(Variant.BF16_PACKED);
        assertThat(Decision.toCompare(List.of(fp32, bf16, packed.with(CLOSE), int8.with(COARSE))))
                .as("within the margin, and preferred")
                .contains(Variant.BF16);
        assertThat(Decision.toCompare(List.of(fp32, bf16.with(CLOSE), packed.with(CLOSE), int8.with(COARSE))))
                .isEmpty();
    }

    @Test
    void theFirstLayoutStaysUnlessAnotherIsClearlyFaster() {
        assertThat(layouts(100, 104)).isEqualTo(new Decision<>(new Layout(2, 1), "no other is 5 % faster"));
        assertThat(layouts(100, 120)).isEqualTo(new Decision<>(new Layout(1, 2), "1.20 times 2 x 1"));
    }

    @Test
    void layoutsUseAllCoresAndStartWithTwoExecutors() {
        assertThat(Layout.candidates(1, 0, 0)).containsExactly(new Layout(1, 1));
        assertThat(Layout.candidates(2, 0, 0)).containsExactly(new Layout(2, 1), new Layout(1, 2));
        assertThat(Layout.candidates(16, 0, 0))
                .containsExactly(new Layout(2, 8), new Layout(1, 16), new Layout(4, 4), new Layout(8, 2));
        assertThat(Layout.candidates(16, 3, 0)).containsExactly(new Layout(3, 5));
        assertThat(Layout.candidates(16, 0, 4)).containsExactly(new Layout(4, 4));
        assertThat(Layout.candidates(2, 3, 9)).containsExactly(new Layout(3, 9));
    }

    private static Decision<Layout> layouts(double first, double second) {
        return Decision.amongLayouts(List.of(
                new LayoutFigures(new Layout(2, 1), rates(first)), new LayoutFigures(new Layout(1, 2), rates(second))));
    }

    private static Decision<Variant> decide(VariantFigures... figures) {
        Optional<Decision<Variant>> decision = Decision.amongVariants(List.of(figures));
        return decision.orElseThrow();
    }

    private static VariantFigures raced(Variant variant, Parity parity, double... rounds) {
        return VariantFigures.raced(variant, rates(rounds)).with(parity);
    }

    private static Rates rates(double... rounds) {
        return new Rates(Arrays.stream(rounds).boxed().toList());
    }
}
