package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Results that wait for a person: the way to them. */
@Command(
        name = "review",
        description = "Lists results that wait for a person, takes decisions on them, exports these as examples.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(list | decide | export)")
final class ReviewCommand {
    private ReviewCommand() {}

    static CommandLine commandLine(Console console) {
        return new CommandLine(new ReviewCommand())
                .addSubcommand(new ReviewListCommand(console))
                .addSubcommand(new ReviewDecideCommand(console))
                .addSubcommand(new ReviewExportCommand(console));
    }
}
