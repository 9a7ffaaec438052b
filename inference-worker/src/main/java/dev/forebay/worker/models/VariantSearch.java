package dev.forebay.worker.models;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the variant and the layout that are fastest for a model on this machine. What it found is kept beside the model
 * and is found again there, so that a machine is measured once.
 */
public final class VariantSearch {
    private final ModelDirectory directory;
    private final ModelImporter importer;
    private final Trials trials;
    private final Clock clock;
    private final Consumer<String> progress;

    /** A model on disk, with how it is to be run. */
    public record Found(InstalledModel model, Layout layout) {}

    public VariantSearch(
            ModelDirectory directory, ModelImporter importer, Trials trials, Clock clock, Consumer<String> progress) {
        this.directory = directory;
        this.importer = importer;
        this.trials = trials;
        this.clock = clock;
        this.progress = progress;
    }

    /** The fastest variant of a source that agrees with it, or the one that is named; imported where it is not there. */
    public Found find(ModelSource source, Execution wanted) throws IOException {
        List<Layout> layouts = layouts(wanted);
        if (wanted.variant().isPresent() && layouts.size() == 1) {
            return new Found(importer.resolveOrImport(source, wanted.variant().get()), layouts.get(0));
        }
        ChoiceFile file = file(source.name(), wanted);
        Optional<Found> known = known(file, source);
        return known.isPresent() ? known.get() : search(file, source, wanted);
    }

    /** The layout for a model that was not imported from a source known here. */
    public Found find(InstalledModel model, Execution wanted) throws IOException {
        List<Layout> layouts = layouts(wanted);
        if (layouts.size() == 1) {
            return new Found(model, layouts.get(0));
        }
        ChoiceFile file = file(model.card().name(), wanted.with(model.card().variant()));
        Optional<VariantChoice> known = file.read().filter(choice -> isOf(choice, model));
        VariantChoice choice =
                known.isPresent() ? known.get() : choose(file.question(), Contest.Winner.named(model), layouts);
        if (known.isEmpty()) {
            file.write(choice);
        }
        return new Found(model, choice.layout());
    }

    private ChoiceFile file(String name, Execution wanted) throws ModelFileException {
        String engine = wanted.engine().name().toLowerCase(Locale.ROOT);
        String word = wanted.variant().map(Variant::word).orElse("auto");
        List<Layout> layouts = layouts(wanted);
        // what a person fixed is part of the question, so that the answer is not taken for another one's
        String fixed = layouts.size() > 1
                ? ""
                : "-" + layouts.get(0).executors() + "x" + layouts.get(0).threads();
        return new ChoiceFile(directory.home(name), engine + "-" + word + fixed, trials.machine());
    }

    private List<Layout> layouts(Execution wanted) {
        int gpus = trials.gpus();
        if (gpus > 0) {
            return List.of(
                    new Layout(wanted.executors() > 0 ? wanted.executors() : gpus, Math.max(1, wanted.threads())));
        }
        return Layout.candidates(trials.machine().cores(), wanted.executors(), wanted.threads());
    }

    private static boolean isOf(VariantChoice choice, InstalledModel model) {
        return choice.weightsSha256().equals(model.card().source().weightsSha256());
    }

    private static Optional<Found> found(VariantChoice choice, InstalledModel model) {
        return isOf(choice, model) ? Optional.of(new Found(model, choice.layout())) : Optional.empty();
    }

    private Optional<Found> known(ChoiceFile file, ModelSource source) throws IOException {
        Optional<VariantChoice> choice = file.read();
        return choice.isEmpty()
                ? Optional.empty()
                : found(
                        choice.get(),
                        importer.resolveOrImport(source, choice.get().variant()));
    }

    private Found search(ChoiceFile file, ModelSource source, Execution wanted) throws IOException {
        try (Staging staging = Staging.open(directory.home(source.name()))) {
            Optional<Found> finished = finished(file, source);
            if (finished.isPresent()) {
                return finished.get();
            }
            long started = clock.millis();
            progress.accept("measuring what runs fastest on this machine; this is done once");
            Contest contest = new Contest(importer, trials, source, importer.begin(source, staging));
            List<Layout> layouts = layouts(wanted);
            Contest.Winner winner = wanted.variant().isPresent()
                    ? contest.only(wanted.variant().get())
                    : contest.among(Variant.of(wanted.engine(), trials.gpus() > 0), layouts.get(0));
            VariantChoice choice = choose(file.question(), winner, layouts);
            file.write(choice);
            progress.accept(String.format(
                    Locale.ROOT,
                    "chose %s (%s), executors x threads %s (%s) in %.1f s",
                    choice.variant().code(),
                    choice.reason(),
                    choice.layout(),
                    choice.layoutReason(),
                    (clock.millis() - started) / 1000.0));
            return new Found(winner.model(), choice.layout());
        }
    }

    /** What another process found while this one waited for its turn. */
    private Optional<Found> finished(ChoiceFile file, ModelSource source) throws IOException {
        Optional<VariantChoice> choice = file.read();
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        Optional<InstalledModel> model = importer.present(source, choice.get().variant());
        return model.isEmpty() ? Optional.empty() : found(choice.get(), model.get());
    }

    private VariantChoice choose(String question, Contest.Winner winner, List<Layout> layouts) {
        boolean free = layouts.size() > 1;
        List<LayoutFigures> raced = free ? trials.race(winner.model(), layouts) : List.of();
        Decision<Layout> layout = free
                ? Decision.amongLayouts(raced)
                : new Decision<>(layouts.get(0), trials.gpus() > 0 ? "one executor per device" : "configured");
        return new VariantChoice(
                VariantChoice.FORMAT,
                question,
                winner.model().card().source().weightsSha256(),
                trials.machine(),
                clock.instant().toString(),
                winner.model().card().variant(),
                winner.reason(),
                layout.chosen(),
                layout.reason(),
                winner.figures(),
                raced);
    }
}
