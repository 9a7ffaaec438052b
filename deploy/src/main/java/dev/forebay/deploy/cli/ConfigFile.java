package dev.forebay.deploy.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The configuration that a command is about, its first argument. */
final class ConfigFile {
    @Parameters(
            paramLabel = "FILE",
            defaultValue = "forebay.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of("forebay.yaml");

    Path path() {
        return path;
    }

    /** As it was given. */
    @Override
    public String toString() {
        return path.toString();
    }
}
