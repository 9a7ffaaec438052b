package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.deadletters.Letter;
import dev.forebay.deploy.deadletters.LetterReader;
import dev.forebay.deploy.deadletters.Replays;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.serde.Decoded;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One dead letter. */
@Command(
        name = "show",
        description = "Shows one dead letter with its headers and its payload.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DlqShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("forebay.yaml");

    @Parameters(
            index = "1",
            paramLabel = "LETTER",
            converter = LetterOptions.Letter.class,
            description = "The letter, as the list names it: 0-17.")
    private Position position = new Position(0, 0);

    DlqShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Dlq dlq = Dlq.of(file);
        String topic = dlq.config().topics().deadLetters().name();
        try (LetterReader reader = dlq.letters()) {
            Optional<Decoded<Letter>> found = dlq.explained(() -> reader.at(position));
            Letter letter = found.orElseThrow(() -> new FailedException(
                            "There is no letter " + position + " in " + topic + ", or not any more."))
                    .fold(Decoded.Good::value, bad -> {
                        throw new FailedException("The record at " + position + " in " + topic + " is no dead letter: "
                                + bad.message() + ".");
                    });
            Replays replays =
                    Replays.read(dlq.config().kafka(), dlq.config().topics().replays());
            console.out().println(new LetterText(dlq.codecs()).of(letter, replays.replayedAt(letter)));
            console.out().flush();
        }
        return Failures.DONE;
    }
}
