package dev.forebay.worker.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A choice among what was measured, with its reason in words. */
record Decision<T>(T chosen, String reason) {
    /**
     * The fastest variant that agrees with the source; of two that are equally fast the one that comes first.
     *
     * @param figures in order of preference
     * @return empty where none agrees
     */
    static Optional<Decision<Variant>> amongVariants(List<VariantFigures> figures) {
        List<VariantFigures> eligible =
                figures.stream().filter(VariantFigures::eligible).toList();
        if (eligible.isEmpty()) {
            return Optional.empty();
        }
        List<Rates> rates = eligible.stream().map(VariantFigures::rates).toList();
        VariantFigures best = eligible.get(Rates.preferred(rates));
        VariantFigures first =
                figures.stream().filter(VariantFigures::ran).findFirst().orElse(best);
        List<String> reasons = new ArrayList<>();
        reasons.add(
                best.variant() == first.variant()
                        ? text("no other that agrees with its source is %.0f %% faster", (Rates.MARGIN - 1) * 100)
                        : text(
                                "%.2f times %s",
                                best.rates().over(first.rates()),
                                first.variant().code()));
        if (!best.variant().isExact()) {
            reasons.add(text("mean cosine to its source %.5f", best.parity().meanCosine()));
        }
        figures.stream()
                .filter(one -> !one.ran() || (one.parity().measured() && !one.eligible()))
                .map(Decision::leftOut)
                .forEach(reasons::add);
        return Optional.of(new Decision<>(best.variant(), String.join("; ", reasons)));
    }

    /**
     * The variant whose agreement with the source would have to be known before a choice, fastest first.
     *
     * @return empty where no further comparison can change the choice
     */
    static Optional<Variant> toCompare(List<VariantFigures> figures) {
        Optional<VariantFigures> next = figures.stream()
                .filter(one -> one.ran() && !one.parity().measured())
                .max(Comparator.comparingDouble(one -> one.rates().median()));
        Optional<VariantFigures> best = figures.stream()
                .filter(VariantFigures::eligible)
                .max(Comparator.comparingDouble(one -> one.rates().median()));
        boolean settled = next.isPresent()
                && best.isPresent()
                && best.get().rates().over(next.get().rates()) >= Rates.MARGIN;
        return settled ? Optional.empty() : next.map(VariantFigures::variant);
    }

    /** The layout with the highest rate; of two that are equally fast the one that comes first. */
    static Decision<Layout> amongLayouts(List<LayoutFigures> figures) {
        LayoutFigures first = figures.get(0);
        LayoutFigures best = figures.get(
                Rates.preferred(figures.stream().map(LayoutFigures::rates).toList()));
        String reason = best.layout().equals(first.layout())
                ? text("no other is %.0f %% faster", (Rates.MARGIN - 1) * 100)
                : text("%.2f times %s", best.rates().over(first.rates()), first.layout());
        return new Decision<>(best.layout(), reason);
    }

    private static String leftOut(VariantFigures figures) {
        String code = figures.variant().code();
        return figures.ran()
                ? text(
                        "%s left out: mean cosine %.4f where %s is asked",
                        code, figures.parity().meanCosine(), Parity.bound(figures.variant()))
                : code + " left out: it does not run here";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
