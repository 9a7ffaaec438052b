package dev.forebay.deploy.cli;

import dev.forebay.deploy.calibration.CalibrationStudy;
import dev.forebay.deploy.calibration.Threshold;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.deploy.examples.Answers;
import dev.forebay.deploy.examples.Example;
import dev.forebay.deploy.examples.Examples;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.record.Classification;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.task.Label;
import dev.forebay.worker.task.TaskConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores of a task as probabilities. */
@Command(
        name = "calibrate",
        description = {
            "Finds from labelled examples how often a label of each score is right: verdict.calibration.",
            "The examples have to be like what will come: a random sample of it, say. processors/docs/calibration.md."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CalibrateCommand implements Callable<Integer> {
    private static final int FEW = 100;
    /** A multiple of what the model reads at once. */
    private static final int SAID_EVERY = 1_024;

    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(names = "--task", paramLabel = "TASK", required = true, description = "The task, a classification.")
    private String task = "";

    @Option(
            names = "--examples",
            paramLabel = "FILE",
            required = true,
            description = "CSV or JSONL, as 'forebay review export' writes it; may be given several times.")
    private List<Path> files = List.of();

    @Option(names = "--text", paramLabel = "FIELD", description = "The column or JSON field with the text.")
    private Optional<String> text = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "FIELD",
            defaultValue = "label",
            description = "The one with the right label (default: ${DEFAULT-VALUE}).")
    private String label = "label";

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "Also write the lowest threshold at which answers are surely right as often as this: 0.95.")
    private Optional<Double> precision = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "OUT",
            description = "Write the keys there, and not below the report; it is overwritten.")
    private Optional<Path> output = Optional.empty();

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (precision.isPresent() && !(precision.get() > 0 && precision.get() < 1)) {
            throw new UsageException(
                    "--precision " + precision.get() + " has to be above 0 and below 1, such as 0.95.");
        }
        ForebayConfig config = ForebayConfig.readForAnyCluster(file.path());
        TaskConfig.Classify classify = classification(config);
        Examples examples = Examples.read(files, new Examples.Columns(text, label), task);
        warn(examples, classify);
        try (DjlModel model = RunningWorker.load(config, console::say)) {
            Answers answers = new Answers(classify.over(model), model);
            List<Judged> judged = judged(examples.all(), answers);
            report(CalibrationStudy.of(judged), judged, model.describe());
        }
        return Failures.DONE;
    }

    private TaskConfig.Classify classification(ForebayConfig config) {
        List<TaskConfig> tasks = config.tasks().tasks();
        List<String> names = tasks.stream().map(TaskConfig::name).toList();
        TaskConfig found = tasks.stream()
                .filter(each -> each.name().equals(task))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no task " + task + ". "
                        + Nearest.to(task, names)
                                .map(name -> "Did you mean " + name + "?")
                                .orElse("There are: " + String.join(", ", names) + ".")));
        if (found instanceof TaskConfig.Classify classify) {
            return classify;
        }
        throw new UsageException("The task " + task + " gives no labels; only a task: classify can be calibrated.");
    }

    /** What would make the figures worth less is said before them. */
    private void warn(Examples examples, TaskConfig.Classify classify) {
        int count = examples.all().size();
        if (examples.otherTasks() > 0) {
            say("left out " + counted(examples.otherTasks()) + " of other tasks");
        }
        if (examples.repeated() > 0) {
            say("left out " + counted(examples.repeated()) + " whose text had come before, " + examples.contradicting()
                    + " of them with another label");
        }
        if (count < CalibrationStudy.LEAST_EXAMPLES) {
            throw new UsageException("There " + (count == 1 ? "is " : "are ") + counted(count)
                    + " of the task " + task + ". " + CalibrationStudy.LEAST_EXAMPLES
                    + " are the least, 100 say little, 1000 are good.");
        }
        Map<String, Long> counts = examples.all().stream()
                .collect(Collectors.groupingBy(Example::label, TreeMap::new, Collectors.counting()));
        List<String> labels = classify.labels().stream().map(Label::name).toList();
        List<String> foreign =
                counts.keySet().stream().filter(name -> !labels.contains(name)).toList();
        long ofForeign = foreign.stream().mapToLong(counts::get).sum();
        if (ofForeign == count) {
            throw new UsageException("No example has a label of the task " + task + " ("
                    + CalibrationText.some(labels) + "); theirs are " + CalibrationText.some(foreign)
                    + ". Is it the right --label?");
        }
        if (count < FEW) {
            say("these are only " + count + " examples: every figure below may be far off. Take " + FEW
                    + " at the least, better 1000");
        }
        if (!foreign.isEmpty()) {
            say(counted(ofForeign) + " with a label that the task does not have; they count as wrong: "
                    + CalibrationText.some(foreign));
        }
        List<String> without =
                labels.stream().filter(name -> !counts.containsKey(name)).toList();
        if (!without.isEmpty()) {
            say("there is no example of the label " + CalibrationText.some(without)
                    + ": what is found holds for texts like these only");
        }
    }

    private List<Judged> judged(List<Example> examples, Answers answers) {
        List<Optional<Classification>> said =
                answers.to(examples.stream().map(Example::text).toList(), done -> {
                    if (done % SAID_EVERY == 0) {
                        say(done + " of " + examples.size() + " texts read");
                    }
                });
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            said.get(i)
                    .ifPresent(answer -> judged.add(
                            new Judged(answer.getScore(), answer.getLabel().equals(example.label()))));
        }
        if (judged.size() < examples.size()) {
            say("left out " + counted(examples.size() - judged.size())
                    + " longer than the model's window, which the task rejects");
        }
        if (judged.size() < CalibrationStudy.LEAST_EXAMPLES) {
            throw new UsageException("No more than " + judged.size() + " examples are left.");
        }
        return judged;
    }

    private void report(CalibrationStudy study, List<Judged> judged, ModelDescription model) throws IOException {
        long right = judged.stream().filter(Judged::isRight).count();
        String what = String.format(
                Locale.ROOT,
                "%d examples of %s by %s@%s: %.4f right",
                judged.size(),
                task,
                model.name(),
                model.version(),
                (double) right / judged.size());
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s, scores from %.4f to %.4f",
                        what,
                        judged.stream().mapToDouble(Judged::confidence).min().orElseThrow(),
                        judged.stream().mapToDouble(Judged::confidence).max().orElseThrow()));
        CalibrationText.report(study, judged.size()).forEach(console.out()::println);
        if (!study.isBetter()) {
            say("the calibration is not surely better than the scores as they are (log loss): leave it out, or take"
                    + " more examples");
        }
        Optional<Threshold> threshold = precision.flatMap(study::reaching);
        precision.ifPresent(wanted -> console.out()
                .println(threshold
                        .map(found -> String.format(
                                Locale.ROOT,
                                "At least %s right: abstain below %.6f, which answers %.1f %%.",
                                wanted,
                                found.below(),
                                100.0 * found.answered() / judged.size()))
                        .orElse("At least " + wanted + " right: no threshold is surely that good. Take more examples,"
                                + " or ask for less.")));
        List<String> yaml = CalibrationText.yaml(study, task, model.version(), threshold, what);
        if (output.isPresent()) {
            write(output.get(), yaml);
        } else {
            console.out().println();
            yaml.forEach(console.out()::println);
        }
        console.out().flush();
        if (precision.isPresent() && threshold.isEmpty()) {
            throw new FailedException("There is no threshold for --precision " + precision.get()
                    + "; the calibration was written without one.");
        }
    }

    private void write(Path to, List<String> yaml) throws IOException {
        Files.write(to, yaml);
        say("wrote " + to + ": put its keys into " + file + ", or give it to 'forebay control set'");
    }

    private static String counted(long count) {
        return count == 1 ? "1 example" : count + " examples";
    }

    private void say(String what) {
        console.say("forebay: " + what + ".");
    }
}
