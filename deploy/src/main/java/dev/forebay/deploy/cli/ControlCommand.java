package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.processors.PolicyChanges;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The policy of processors that run: the way to change it. */
@Command(
        name = "control",
        description = "Changes routes, thresholds, block lists, quotas and stopped tasks of processors that run.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "(set | clear | list | show)")
final class ControlCommand {
    private ControlCommand() {}

    static CommandLine commandLine(Console console) {
        return new CommandLine(new ControlCommand())
                .addSubcommand(new ControlSetCommand(console))
                .addSubcommand(new ControlClearCommand(console))
                .addSubcommand(new ControlListCommand(console))
                .addSubcommand(new ControlShowCommand(console));
    }

    /** A configuration with what may be changed. */
    record Changeable(ForebayConfig config, PolicyChanges changes) {
        static Changeable read(Path file) {
            return of(ForebayConfig.read(file), file);
        }

        static Changeable of(ForebayConfig config, Path file) {
            return new Changeable(
                    config,
                    config.processors()
                            .changes()
                            .orElseThrow(() -> new UsageException("In " + file
                                    + " nothing may be changed while it runs. Set processors.control: true, create the"
                                    + " topic with: forebay topics " + file
                                    + " --create, and start the processors again.")));
        }
    }
}
