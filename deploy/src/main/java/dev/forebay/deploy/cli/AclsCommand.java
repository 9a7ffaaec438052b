package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.pipeline.AccessList;
import dev.forebay.deploy.pipeline.ForebayConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The rights on the broker that a configuration needs. */
@Command(
        name = "acls",
        description = "Lists the least rights that each component needs on the broker.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AclsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    AclsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        AccessListText.lines(AccessList.of(ForebayConfig.readForAnyCluster(file.path())))
                .forEach(console.out()::println);
        console.out().flush();
        return Failures.DONE;
    }
}
