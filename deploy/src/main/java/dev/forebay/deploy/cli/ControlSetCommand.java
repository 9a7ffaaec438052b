package dev.forebay.deploy.cli;

import dev.forebay.deploy.cli.ControlCommand.Changeable;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.control.ControlSender;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change, checked and written. */
@Command(
        name = "set",
        description = "Puts a change of the policy in force. It replaces the one before.",
        footer = {
            "",
            "A change is YAML with keys of the configuration: intake.stopped-tasks, intake.screen, intake.quota,",
            "verdict.abstain-below, verdict.abstain, verdict.moderation, verdict.routing, verdict.routes.",
            "What it does not name is as in the configuration."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ControlSetCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("forebay.yaml");

    @Parameters(index = "1", paramLabel = "CHANGE", description = "A file with the change.")
    private Path change = Path.of("change.yaml");

    @Mixin
    private final ChangeNote note = new ChangeNote();

    @Option(names = "--dry-run", description = "Only say whether it is right.")
    private boolean dryRun;

    ControlSetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Changeable changeable = Changeable.read(file);
        String document = document(change);
        changeable.changes().over(document);
        if (dryRun) {
            console.say("forebay: the change is right. Nothing was written.");
            return Failures.DONE;
        }
        try (ControlSender sender = new ControlSender(changeable.config())) {
            long version = sender.send(document, note.by(), note.reason());
            console.say("forebay: version " + version + " is written; the processors follow within a second.");
        }
        return Failures.DONE;
    }

    /** The text of a file with a change. */
    static String document(Path change) throws IOException {
        try {
            return Files.readString(change);
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + change + ".");
        } catch (CharacterCodingException e) {
            throw new UsageException(change + " is not UTF-8.");
        }
    }
}
