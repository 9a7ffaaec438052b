package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.pipeline.TopicReader;
import dev.forebay.schemas.registry.RegistryRefusedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a topic. */
@Command(
        name = "read",
        description = "Prints the records that a topic has now, one JSON object per line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReadCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Parameters(paramLabel = "TOPIC", description = "The topic, in any format of ours; others are shown as text.")
    private String topic = "";

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--follow", description = "Go on and print what arrives.")
    private boolean follow;

    @Option(names = "--max", paramLabel = "N", description = "Print at most N records.")
    private long max = Long.MAX_VALUE;

    ReadCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        TopicReader reader = new TopicReader(cluster.kafka(), cluster.codecs());
        stop.claim();
        try {
            reader.read(topic, follow, max, stop::requested, console.out()::println);
            console.out().flush();
            return Failures.DONE;
        } catch (RegistryRefusedException e) {
            // NoRegistry says 0: the numbers of a registry that answers are its own.
            throw e.errorCode() == 0 ? cluster.withoutRegistry() : e;
        }
    }
}
