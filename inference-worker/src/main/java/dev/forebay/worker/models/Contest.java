package dev.forebay.worker.models;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The variants of one source against each other: made, raced, compared with the source; the winner alone is kept. */
final class Contest {
    private final ModelImporter importer;
    private final Trials trials;
    private final ModelSource source;
    private final Import work;
    private final Map<Variant, InstalledModel> made = new LinkedHashMap<>();
    private final Map<Variant, VariantFigures> figures = new LinkedHashMap<>();

    Contest(ModelImporter importer, Trials trials, ModelSource source, Import work) {
        this.importer = importer;
        this.trials = trials;
        this.source = source;
        this.work = work;
    }

    /** The variant that won, in its place on disk. */
    record Winner(InstalledModel model, String reason, List<VariantFigures> figures) {
        static Winner named(InstalledModel model) {
            return new Winner(model, "asked for by name", List.of());
        }
    }

    Winner only(Variant variant) throws IOException {
        Optional<InstalledModel> present = importer.present(source, variant);
        return Winner.named(present.isPresent() ? present.get() : importer.make(work, source, variant));
    }

    /** @param candidates in order of preference */
    Winner among(List<Variant> candidates, Layout layout) throws IOException {
        for (Variant variant : candidates) {
            // keeps the order of preference, whatever becomes of it
            figures.put(variant, VariantFigures.failed(variant, "not run"));
            make(variant);
        }
        trials.race(List.copyOf(made.values()), layout).forEach(raced -> figures.put(raced.variant(), raced));
        compare();
        Decision<Variant> decision =
                Decision.amongVariants(List.copyOf(figures.values())).orElseThrow(this::noneAgrees);
        return new Winner(
                importer.publish(
                        work,
                        model(decision.chosen()),
                        figures(decision.chosen()).parity()),
                decision.reason(),
                List.copyOf(figures.values()));
    }

    private void make(Variant variant) throws IOException {
        try {
            made.put(variant, work.make(variant));
        } catch (ModelFileException e) {
            figures.put(variant, VariantFigures.failed(variant, String.valueOf(e.getMessage())));
        }
    }

    private void compare() throws IOException {
        Optional<Variant> next = Decision.toCompare(List.copyOf(figures.values()));
        while (next.isPresent()) {
            Variant variant = next.get();
            figures.put(variant, figures(variant).with(importer.compare(work, model(variant))));
            next = Decision.toCompare(List.copyOf(figures.values()));
        }
    }

    private InstalledModel model(Variant variant) {
        return Objects.requireNonNull(made.get(variant));
    }

    private VariantFigures figures(Variant variant) {
        return Objects.requireNonNull(figures.get(variant));
    }

    private ModelFileException noneAgrees() {
        String all = figures.values().stream()
                .map(one -> one.variant().code() + ": "
                        + (one.ran() ? "mean cosine " + one.parity().meanCosine() : one.problem()))
                .collect(Collectors.joining("; "));
        return new ModelFileException(source.weights(), "no variant both runs here and agrees with it: " + all);
    }
}
