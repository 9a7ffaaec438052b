package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.djl.OnnxParityCheck;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that was asked for, one measurement after the other, in this process; then the figures. */
public final class Bench {
    private static final Set<BenchPart> WITHOUT_MODEL = EnumSet.of(BenchPart.OVERHEAD, BenchPart.GROWTH);

    private final BenchOptions options;
    private final Console console;
    private final Stop stop;

    public Bench(BenchOptions options, Console console, Stop stop) {
        this.options = options;
        this.console = console;
        this.stop = stop;
    }

    /** @throws FailedException where a contender fails, or its answers are not those of the others */
    public void run() {
        long started = System.nanoTime();
        double loadBefore = Machine.loadAverage();
        console.say("forebay: starting broker and registry in this process.");
        try (Rig rig = Rig.start(options.size().measuring())) {
            Scene scene = new Scene(rig, stop, console::say);
            Measurements measurements = new Measurements(scene, options);
            measurements.withoutModel();
            Settings settings = needsModel()
                    ? withModel(scene, measurements)
                    : Settings.of(options, rig.settings(), Optional.empty(), Optional.empty());
            Machine machine = Machine.here(loadBefore, needsModel() ? new OnnxParityCheck("cpu").engines() : Map.of());
            Findings findings = measurements.findings();
            report(new BenchReport(
                    machine,
                    settings,
                    findings,
                    Figures.of(findings, machine.cores()),
                    notes(),
                    (System.nanoTime() - started) / 1e9));
        }
    }

    private boolean needsModel() {
        return !WITHOUT_MODEL.containsAll(options.parts());
    }

    private Settings withModel(Scene scene, Measurements measurements) {
        ForebayConfig config = scene.rig().settings();
        try (LoadedModels models = new LoadedModels(config, options.parts(), scene)) {
            Model model = models.chosen().model();
            BenchTexts texts = options.texts()
                    .map(BenchTexts::lines)
                    .orElseGet(() -> BenchTexts.generated(model, options.size().texts(), options.seed()));
            int count = measurements.withModel(models, texts);
            List<Integer> lengths = model.tokenize(texts.first(count)).stream()
                    .map(Tokens::count)
                    .toList();
            return Settings.of(
                    options, config, Optional.of(models), Optional.of(Settings.Lengths.of(texts.source(), lengths)));
        }
    }

    private static Map<Figure, String> notes() {
        Map<Figure, String> notes = new EnumMap<>(Figure.class);
        notes.put(
                Figure.VS_WLM,
                "not compared: Maven Central offered no version of ai.djl.serving:wlm when this was built");
        return notes;
    }

    private void report(BenchReport report) {
        options.json().ifPresent(file -> write(file, JsonReport.of(report)));
        options.html().ifPresent(file -> write(file, HtmlReport.of(report)));
        TextTable.of(report).forEach(console.out()::println);
        console.out().flush();
        console.say(String.format(Locale.ROOT, "forebay: the bench took %.0f s.", report.seconds()));
    }

    private void write(Path file, String content) {
        try {
            Files.writeString(file, content);
            console.say("forebay: wrote " + file + ".");
        } catch (IOException e) {
            throw FailedException.of(file + " cannot be written", e);
        }
    }
}
