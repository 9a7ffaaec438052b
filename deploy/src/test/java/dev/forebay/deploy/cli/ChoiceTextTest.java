package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.models.Layout;
import dev.forebay.worker.models.LayoutFigures;
import dev.forebay.worker.models.Machine;
import dev.forebay.worker.models.Parity;
import dev.forebay.worker.models.Rates;
import dev.forebay.worker.models.Variant;
import dev.forebay.worker.models.VariantChoice;
import dev.forebay.worker.models.VariantFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChoiceTextTest {
    @Test
    void theChoiceItsReasonAndEveryFigureAreShown() {
        Rates slow = new Rates(List.of(99.0, 100.0, 101.0));
        Rates fast = new Rates(List.of(299.0, 300.0, 301.0));
        VariantChoice choice = new VariantChoice(
                1,
                "pytorch-auto",
                "abc",
                new Machine("Some CPU", 2, "f", "pytorch 2.7.1", "cpu"),
                "2026-01-01T00:00:00Z",
                Variant.BF16,
                "3.00 times fp32",
                new Layout(2, 1),
                "no other is 5 % faster",
                List.of(
                        VariantFigures.raced(Variant.FP32, slow),
                        new VariantFigures(Variant.BF16, fast, new Parity("source", 100, 0.01, 0.9999), ""),
                        VariantFigures.failed(Variant.BF16_PACKED, "no such operator")),
                List.of(new LayoutFigures(new Layout(2, 1), fast), new LayoutFigures(new Layout(1, 2), slow)));

        assertThat(ChoiceText.of(choice).lines())
                .containsExactly(
                        "choice:        bf16 for pytorch-auto",
                        "because:       3.00 times fp32",
                        "machine:       Some CPU, 2 cores, cpu, pytorch 2.7.1",
                        "measured:      2026-01-01T00:00:00Z",
                        "  fp32            100 texts/s, too slow to be compared with its source",
                        "  bf16            300 texts/s, mean cosine 0.999900",
                        "  bf16-packed  left out: no such operator",
                        "executors x threads: 2 x 1, because no other is 5 % faster",
                        "  2 x 1           300 texts/s",
                        "  1 x 2           100 texts/s");
    }
}
