package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.embedded.TemporaryDirectory;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Instructions;
import dev.forebay.schemas.Topics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A file through the whole pipeline, everything in this process. */
public final class Quickstart {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final QuickstartOptions options;
    private final Console console;
    private final Stop stop;

    public Quickstart(QuickstartOptions options, Console console, Stop stop) {
        this.options = options;
        this.console = console;
        this.stop = stop;
    }

    /**
     * Runs to the end of the file, or with {@code stay} until the stop.
     *
     * @throws UsageException where the options cannot be used; nothing was started then
     * @throws FailedException where a part fails
     */
    public void run() {
        try (TemporaryDirectory work = TemporaryDirectory.create()) {
            boolean sample = options.input().input().isEmpty();
            InputFile input = sample ? Sample.unpack(work.path()) : InputFile.of(options.input());
            Map<String, String> labels = labels();
            ForebayConfig config = QuickstartConfig.of(options.task(), labels, input, sample);
            try (InputOrder output = output(input, work.path())) {
                run(config, input, new Totals(labels.keySet()), output, work.path());
            }
        } catch (IOException e) {
            throw FailedException.of("The output cannot be written", e);
        }
    }

    private void run(ForebayConfig config, InputFile input, Totals totals, InputOrder output, Path work)
            throws IOException {
        CompletableFuture<Long> count = CompletableFuture.supplyAsync(input::count);
        console.say("forebay: starting broker, registry, model, processors and worker in this process.");
        LocalPipeline.Places places = new LocalPipeline.Places(options.dataDir().orElse(null), work);
        try (LocalPipeline pipeline = LocalPipeline.start(config, places, console, stop)) {
            Instant since = Instant.now();
            Topics topics = config.topics();
            EndingReader reader = new EndingReader(topics, pipeline.config().codecs(), since);
            try (Collector collector = Collector.open(pipeline.config().kafka(), topics, reader, output, totals)) {
                long total = counted(count);
                long begun = System.nanoTime();
                pipeline.feed(input);
                new Run(pipeline, collector, stop, begun).until(total, Progress.on(console, total));
                output.flush();
                report(new Summary(totals, pipeline.stats(), (System.nanoTime() - begun) / 1e9), pipeline);
            }
            stay(pipeline);
        }
    }

    private Map<String, String> labels() {
        if (options.task() != QuickstartOptions.TaskKind.CLASSIFY) {
            if (options.labels().isGiven()) {
                throw new UsageException("Labels belong to --task classify. Leave out --labels and --labels-file, or"
                        + " the other task.");
            }
            return Map.of();
        }
        if (options.labels().isGiven()) {
            return Labels.of(options.labels());
        }
        if (options.input().input().isPresent()) {
            throw new UsageException("Which labels? Add --labels a,b,c, or --labels-file F with one label per line."
                    + " (--task embed and --task summarize need none.)");
        }
        return Sample.labels();
    }

    private InputOrder output(InputFile input, Path work) throws IOException {
        ScratchFile scratch = new ScratchFile(work.resolve("waiting"));
        return new InputOrder(
                options.output().isEmpty()
                        ? OutputStream.nullOutputStream()
                        : open(options.output().get(), input),
                scratch);
    }

    private static OutputStream open(Path file, InputFile input) {
        try {
            if (Files.exists(file) && Files.isSameFile(file, input.path())) {
                throw new UsageException("--output is the input file itself. Name another.");
            }
            return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException e) {
            throw new UsageException("The output file cannot be written: " + FailedException.reason(e)
                    + ". Name a file in a directory that exists and that you may write to.");
        }
    }

    private static long counted(CompletableFuture<Long> count) {
        try {
            return count.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FailedException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void report(Summary summary, LocalPipeline pipeline) {
        Report.of(summary).forEach(console.out()::println);
        console.out().println();
        Topics topics = pipeline.config().topics();
        console.out()
                .println("Topics: " + topics.results().name() + ", "
                        + topics.review().name() + ", " + topics.rejections().name() + ", "
                        + topics.deadLetters().name());
        console.out()
                .println(
                        options.stay()
                                ? "Read them with: "
                                        + instructions(pipeline)
                                                .read(topics.results().name())
                                : "They end with this run; " + remedy());
        if (options.json()) {
            console.out().println(summary.json());
        }
        console.out().flush();
    }

    private String remedy() {
        return options.dataDir()
                .map(dir -> "serve them again with forebay up --data-dir " + dir + ", which says how to read them.")
                .orElse("with --stay they stay, and the command to read them is printed.");
    }

    private static Instructions instructions(LocalPipeline pipeline) {
        return Instructions.of(pipeline.cluster());
    }

    private void stay(LocalPipeline pipeline) {
        if (!options.stay()) {
            return;
        }
        console.say("forebay: still serving. Stop it with Ctrl-C.");
        instructions(pipeline)
                .serving(QuickstartConfig.TEXTS, pipeline.config().topics())
                .forEach(console::say);
        while (!stop.await(LOOK_EVERY)) {
            pipeline.check();
        }
    }
}
