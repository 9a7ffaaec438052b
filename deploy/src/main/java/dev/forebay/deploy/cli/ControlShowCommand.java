package dev.forebay.deploy.cli;

import dev.forebay.deploy.cli.ControlCommand.Changeable;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.control.Change;
import dev.forebay.deploy.control.ControlLog;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One change, as it was made. */
@Command(
        name = "show",
        description = "Prints the change that is in force, or another one.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ControlShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("forebay.yaml");

    @Parameters(index = "1", paramLabel = "VERSION", arity = "0..1", description = "As the list names it.")
    private @Nullable Long version;

    ControlShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Changeable changeable = Changeable.read(file);
        ControlLog changes = ControlLog.read(changeable.config(), changeable.changes());
        Optional<Change> wanted = version == null ? changes.inForce() : changes.version(version);
        if (wanted.isEmpty() && version != null) {
            throw new UsageException("There is no version " + version + ". 'forebay control list' shows them.");
        }
        String document = wanted.map(Change::document).orElse("");
        if (document.isEmpty()) {
            console.say("The configuration alone.");
        } else {
            console.out().print(Printable.lines(document));
            console.out().flush();
        }
        return Failures.DONE;
    }
}
