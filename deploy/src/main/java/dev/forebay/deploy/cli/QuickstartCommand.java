package dev.forebay.deploy.cli;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.quickstart.Quickstart;
import dev.forebay.deploy.quickstart.QuickstartOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A file, or the bundled sample, through the whole pipeline. */
@Command(
        name = "quickstart",
        description = {
            "Sends a file through the whole pipeline, everything in this process, and shows what came out.",
            "Without --input it takes bundled support messages with five labels."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Option(names = "--input", paramLabel = "FILE", description = "Your texts; gzip is recognised.")
    private Optional<Path> input = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "F",
            converter = Choice.Format.class,
            description = "csv, jsonl or text; by the file's name where it is left out.")
    private Optional<ArchiveFormat> format = Optional.empty();

    @Option(
            names = "--text",
            paramLabel = "FIELD",
            description = "The column or JSON field with the text, /a/b or a.b for an inner one.")
    private Optional<String> text = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "T",
            defaultValue = "classify",
            converter = Choice.Task.class,
            description = "classify, embed or summarize (default: classify).")
    private QuickstartOptions.TaskKind task = QuickstartOptions.TaskKind.CLASSIFY;

    @Option(names = "--labels", paramLabel = "LIST", description = "The labels to choose from: a,b,c.")
    private Optional<String> labels = Optional.empty();

    @Option(
            names = "--labels-file",
            paramLabel = "FILE",
            description = "One label per line, or one 'label: description' per line.")
    private Optional<Path> labelsFile = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "One JSON object per text, in the order of the input.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--stay", description = "Go on serving when the file is done.")
    private boolean stay;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep the broker's data there; it is temporary otherwise.")
    private Optional<Path> dataDir = Optional.empty();

    @Option(names = "--json", description = "Print the summary as one JSON object on the last line.")
    private boolean json;

    QuickstartCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        QuickstartOptions options = new QuickstartOptions(
                new QuickstartOptions.Source(input, format, text),
                task,
                new QuickstartOptions.Labelling(labels, labelsFile),
                output,
                dataDir,
                stay,
                json);
        new Quickstart(options, console, stop.claim()).run();
        return Failures.DONE;
    }
}
