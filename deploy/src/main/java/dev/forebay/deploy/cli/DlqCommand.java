package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Dead letters: the way to them. */
@Command(
        name = "dlq",
        description = "Lists, shows, exports and replays dead letters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(list | show | export | replay)")
final class DlqCommand {
    private DlqCommand() {}

    static CommandLine commandLine(Console console, Stop stop) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand(console))
                .addSubcommand(new DlqShowCommand(console))
                .addSubcommand(new DlqExportCommand(console, stop))
                .addSubcommand(new DlqReplayCommand(console, stop));
    }
}
