package dev.forebay.deploy.cli;

import dev.forebay.worker.models.LayoutFigures;
import dev.forebay.worker.models.Machine;
import dev.forebay.worker.models.VariantChoice;
import dev.forebay.worker.models.VariantFigures;
import java.util.Locale;

/** What was measured of a model on one machine, for a person's eyes. */
final class ChoiceText {
    private ChoiceText() {}

    static String of(VariantChoice choice) {
        Machine machine = choice.machine();
        StringBuilder text = new StringBuilder();
        line(text, "choice:        %s for %s", choice.variant().code(), choice.question());
        line(text, "because:       %s", choice.reason());
        line(
                text,
                "machine:       %s, %d cores, %s, %s",
                machine.processor(),
                machine.cores(),
                machine.devices(),
                machine.engine());
        line(text, "measured:      %s", choice.measuredAt());
        for (VariantFigures figures : choice.variants()) {
            line(text, "  %-12s %s", figures.variant().code(), measured(figures));
        }
        line(text, "executors x threads: %s, because %s", choice.layout(), choice.layoutReason());
        for (LayoutFigures figures : choice.layouts()) {
            line(
                    text,
                    "  %-12s %6.0f texts/s",
                    figures.layout().toString(),
                    figures.rates().median());
        }
        return text.toString().stripTrailing();
    }

    private static String measured(VariantFigures figures) {
        if (!figures.ran()) {
            return "left out: " + figures.problem();
        }
        String rate =
                String.format(Locale.ROOT, "%6.0f texts/s", figures.rates().median());
        return figures.parity().measured()
                ? rate
                        + String.format(
                                Locale.ROOT,
                                ", mean cosine %.6f",
                                figures.parity().meanCosine())
                : rate + ", too slow to be compared with its source";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
