package dev.forebay.deploy.cli;

import dev.forebay.deploy.cli.ControlCommand.Changeable;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.trial.TrialRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries a configuration on sample events. */
@Command(
        name = "test",
        description = "Runs sample events through intake and verdict without Kafka; says what each step did.",
        footer = {
            "",
            "An event is a line: {\"topic\": \"support.messages\", \"key\": \"c-7\", \"value\": {\"text\": \"...\"}}",
            "With \"outcome\": {\"label\": \"refund\", \"score\": 0.9} in it, that is what the model is taken to say;",
            "otherwise the configured model is asked. \"headers\" and \"timestamp\" may be given as well.",
            "A record of reference data is a line: {\"key\": \"c-7\", \"value\": {\"plan\": \"gold\"}}"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TestCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(names = "--events", paramLabel = "FILE", required = true, description = "The events; - is standard input.")
    private String events = "";

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Take each line as a value of this topic.")
    private @Nullable String topic;

    @Option(
            names = "--reference",
            paramLabel = "TOPIC=FILE",
            description = "Records of a reference topic of intake.enrich; may be given for each.")
    private final Map<String, String> references = new LinkedHashMap<>();

    @Option(
            names = "--change",
            paramLabel = "FILE",
            description = "With this change of the policy, as 'forebay control set' takes it.")
    private @Nullable Path change;

    @Option(names = "--json", description = "Print one JSON object per event.")
    private boolean json;

    TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ForebayConfig config = config();
        try (BufferedReader lines = events.equals("-") ? standardInput() : reader(events);
                TrialRun run = new TrialRun(config, Optional.ofNullable(topic), console::say)) {
            for (Map.Entry<String, String> reference : references.entrySet()) {
                try (BufferedReader records = reader(reference.getValue())) {
                    run.addReferences(reference.getKey(), records);
                }
            }
            long count = run.run(lines, json, console.out()::println);
            console.out().flush();
            if (count == 0) {
                throw new UsageException("There is no event in " + events + ".");
            }
        }
        return Failures.DONE;
    }

    private ForebayConfig config() throws IOException {
        ForebayConfig config = ForebayConfig.readForAnyCluster(file.path());
        return change == null
                ? config
                : config.with(Changeable.of(config, file.path()).changes().over(ControlSetCommand.document(change)));
    }

    private static BufferedReader standardInput() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private static BufferedReader reader(String file) throws IOException {
        try {
            return Files.newBufferedReader(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + file + ".");
        }
    }
}
