package dev.forebay.deploy.cli;

import dev.forebay.deploy.bench.Bench;
import dev.forebay.deploy.bench.BenchOptions;
import dev.forebay.deploy.bench.BenchPart;
import dev.forebay.deploy.bench.BenchSize;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.console.UsageException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The pipeline measured beside its alternatives. */
@Command(
        name = "bench",
        description = {
            "Measures the pipeline on this machine, beside the engine alone and beside simpler ways.",
            "Everything in this process. Takes 10 to 30 minutes; --quick 3 or more. The figures are explained in deploy/docs/benchmarks.md."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class BenchCommand implements Callable<Integer> {
    private static final int MIN_ROUNDS = 5;
    private static final int MIN_TEXTS = 8;

    private final Console console;
    private final Stop stop;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--texts", paramLabel = "FILE", description = "Your texts, one a line; generated otherwise.")
    private Optional<Path> texts = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each comparison, 5 or more (default: 5).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Texts in a round (default: what the engine answers in 10 s; quick: 300).")
    private Optional<Integer> count = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of texts, order and arrivals (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every number there.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots there.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--quick", description = "Less of everything: 3 minutes or more.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "PARTS",
            split = ",",
            converter = Choice.Part.class,
            description =
                    "Only these: engine, pipeline, processors, one-per-call, parallel-calls, fixed-batches, onnxruntime,"
                            + " overhead, latency, lanes, growth.")
    private List<BenchPart> only = List.of();

    @Option(names = "--tiny", hidden = true)
    private boolean tiny;

    BenchCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        BenchSize usual = tiny ? BenchSize.TINY : quick ? BenchSize.QUICK : BenchSize.FULL;
        if (rounds.orElse(MIN_ROUNDS) < MIN_ROUNDS) {
            throw new UsageException("--rounds " + rounds.get() + ": a median wants at least " + MIN_ROUNDS + ".");
        }
        if (count.orElse(MIN_TEXTS) < MIN_TEXTS) {
            throw new UsageException("--count " + count.get() + ": take at least " + MIN_TEXTS + " texts.");
        }
        BenchSize size = usual.withRounds(rounds.orElse(usual.rounds()));
        Set<BenchPart> parts = only.isEmpty() ? EnumSet.allOf(BenchPart.class) : EnumSet.copyOf(only);
        BenchOptions options = new BenchOptions(
                new BenchOptions.Origin(
                        "forebay "
                                + String.join(
                                        " ",
                                        spec.commandLine()
                                                .getParent()
                                                .getParseResult()
                                                .originalArgs()),
                        new Version().getVersion()[0],
                        Instant.now()),
                parts,
                count.map(size::withTexts).orElse(size),
                texts,
                seed,
                json,
                html);
        new Bench(options, console, stop.claim()).run();
        return Failures.DONE;
    }
}
