package dev.forebay.deploy.cli;

import dev.forebay.deploy.cli.ControlCommand.Changeable;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.control.Change;
import dev.forebay.deploy.control.ControlLog;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Every change there was, as a table. */
@Command(
        name = "list",
        description = "Lists all changes of the policy, the oldest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ControlListCommand implements Callable<Integer> {
    private static final List<String> TITLES = List.of("VERSION", "TIME", "BY", "REASON", "STATE");

    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    ControlListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Changeable changeable = Changeable.read(file.path());
        ControlLog changes = ControlLog.read(changeable.config(), changeable.changes());
        if (changes.changes().isEmpty()) {
            console.say("Nothing was changed: the configuration alone counts.");
            return Failures.DONE;
        }
        long inForce = changes.inForce().map(Change::version).orElse(-1L);
        TableText.of(
                        TITLES,
                        changes.changes().stream()
                                .map(change -> row(change, change.version() == inForce))
                                .toList())
                .forEach(console.out()::println);
        console.out().flush();
        return Failures.DONE;
    }

    private static List<String> row(Change change, boolean inForce) {
        return List.of(
                Long.toString(change.version()),
                change.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                cell(change.by()),
                cell(change.reason()),
                change.problem()
                        .map(problem -> "refused: " + Printable.line(problem))
                        .orElse(inForce ? "in force" : "replaced"));
    }

    private static String cell(String text) {
        return text.isEmpty() ? "-" : Printable.line(text);
    }
}
