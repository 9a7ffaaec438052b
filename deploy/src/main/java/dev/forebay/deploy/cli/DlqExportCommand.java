package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.deadletters.LetterExport;
import dev.forebay.deploy.deadletters.LetterReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dead letters to a file. */
@Command(
        name = "export",
        description = "Writes dead letters to a file, one JSON object per line, bytes as base64.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DlqExportCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Option(names = "--output", paramLabel = "OUT", required = true, description = "The file; it is overwritten.")
    private Path output = Path.of("dead-letters.jsonl");

    @Option(names = "--limit", paramLabel = "N", description = "At most N letters.")
    private long limit = Long.MAX_VALUE;

    DlqExportCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() throws IOException {
        Dlq dlq = Dlq.of(file.path());
        long[] count = {0};
        stop.claim();
        try (LetterReader reader = dlq.letters();
                LetterExport export = new LetterExport(output, dlq.codecs())) {
            LetterReader.Strangers strangers = dlq.read(reader, letters.filter(), letter -> {
                if (count[0] == limit || stop.requested()) {
                    return false;
                }
                export.write(letter);
                count[0]++;
                return true;
            });
            dlq.say(strangers, console);
        }
        stop.check();
        console.say("forebay: wrote " + count[0] + (count[0] == 1 ? " dead letter to " : " dead letters to ") + output
                + ".");
        return Failures.DONE;
    }
}
