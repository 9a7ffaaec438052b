package dev.forebay.deploy.cli;

import dev.forebay.deploy.cli.ControlCommand.Changeable;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.control.ControlSender;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The end of all changes. */
@Command(
        name = "clear",
        description = "Takes the change back: the configuration alone counts again.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ControlClearCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Mixin
    private final ChangeNote note = new ChangeNote();

    ControlClearCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (ControlSender sender =
                new ControlSender(Changeable.read(file.path()).config())) {
            long version = sender.send("", note.by(), note.reason());
            console.say("forebay: version " + version + ", the configuration alone, is written; the processors follow"
                    + " within a second.");
        }
        return Failures.DONE;
    }
}
