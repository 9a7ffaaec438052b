package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.schemas.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in a few plain lines, and with which code the process ends. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private final Console console;
    private final boolean traces;

    Failures(Console console, boolean traces) {
        this.console = console;
        this.traces = traces;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        console.say("forebay: " + e.getMessage());
        if (e instanceof UnmatchedArgumentException) {
            UnmatchedArgumentException.printSuggestions(e, console.err());
        }
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        console.say("Try '" + name + " --help'.");
        return USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (traces) {
            e.printStackTrace(console.err());
        }
        if (e instanceof ConfigException config) {
            int count = config.problems().size();
            console.say("forebay: the configuration has " + (count == 1 ? "a problem:" : count + " problems:"));
            config.problems().forEach(problem -> console.say("  " + problem));
            return USAGE;
        }
        if (e instanceof UsageException) {
            console.say("forebay: " + e.getMessage());
            return USAGE;
        }
        console.say("forebay: " + (e instanceof FailedException ? e.getMessage() : FailedException.reason(e)));
        return FAILED;
    }
}
