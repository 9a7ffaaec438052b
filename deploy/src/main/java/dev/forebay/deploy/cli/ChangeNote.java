package dev.forebay.deploy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is noted beside a change of the policy. */
final class ChangeNote {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who changes it (default: ${DEFAULT-VALUE}).")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private @Nullable String reason;

    String by() {
        return by;
    }

    @Nullable String reason() {
        return reason;
    }
}
