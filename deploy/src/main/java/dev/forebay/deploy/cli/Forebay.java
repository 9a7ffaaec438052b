package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Launcher;
import dev.forebay.deploy.console.Stop;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The forebay command. Exit codes: 0 done, 1 failed, 2 usage or configuration. */
@Command(
        name = "forebay",
        description = "Kafka topics in, batched model calls, results in topics.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer =
                "Start with: forebay quickstart. Exit codes: 0 done, 1 failed (FOREBAY_LOG=debug), 2 usage or configuration.")
public final class Forebay {
    private static final int HELP_WIDTH = 110;

    private Forebay() {}

    public static void main(String[] args) {
        if (isDebugging()) {
            // Read by logback.xml: stack traces are for those who ask for them.
            System.setProperty("FOREBAY_TRACE", "full");
        }
        Launcher.endWithIt();
        Stop stop = Stop.onSignal();
        int code = run(Console.ofProcess(), stop, args);
        stop.finished(code);
        System.exit(code);
    }

    static int run(Console console, Stop stop, String... args) {
        CommandLine command = new CommandLine(new Forebay())
                .addSubcommand(new QuickstartCommand(console, stop))
                .addSubcommand(new UpCommand(console, stop))
                .addSubcommand(new WorkerCommand(console, stop))
                .addSubcommand(new ProcessorsCommand(console, stop))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new TestCommand(console))
                .addSubcommand(new TopicsCommand(console))
                .addSubcommand(new AclsCommand(console))
                .addSubcommand(ModelsCommand.commandLine(console))
                .addSubcommand(new ReadCommand(console, stop))
                .addSubcommand(new SendCommand(console))
                .addSubcommand(DlqCommand.commandLine(console, stop))
                .addSubcommand(ReviewCommand.commandLine(console))
                .addSubcommand(ControlCommand.commandLine(console))
                .addSubcommand(new CalibrateCommand(console))
                .addSubcommand(new RestoreCommand(console))
                .addSubcommand(new BenchCommand(console, stop));
        if (args.length == 0) {
            command.setUsageHelpWidth(HELP_WIDTH).usage(console.err());
            return Failures.USAGE;
        }
        Failures failures = new Failures(console, isDebugging());
        return command.setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args);
    }

    static boolean isDebugging() {
        String level = System.getenv("FOREBAY_LOG");
        return level != null && level.matches("(?i)debug|trace");
    }
}
