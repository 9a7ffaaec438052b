package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.config.MaskedView;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.consume.ReadingGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads a configuration and says everything that is wrong with it. */
@Command(
        name = "check",
        description = "Checks a configuration and names every problem at once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(
            names = "--online",
            description =
                    "Also ask the broker whether it answers and has the topics and, for a queue, the group's settings.")
    private boolean online;

    @Option(names = "--print", description = "Also print every key and value; what is not known to be safe is hidden.")
    private boolean print;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ForebayConfig config = online ? ForebayConfig.read(file.path()) : ForebayConfig.readForAnyCluster(file.path());
        if (online) {
            checkTopics(config);
            checkGroup(config);
        }
        if (print) {
            MaskedView.of(YamlFile.read(file.path(), new Problems())).forEach(console.out()::println);
        }
        String tasks = config.tasks().tasks().size() == 1
                ? "1 task"
                : config.tasks().tasks().size() + " tasks";
        int count = config.processors().intake().sourceTopics().size();
        console.out().println(file + " is good: " + tasks + ", " + (count == 1 ? "1 source." : count + " sources."));
        if (!config.namesCluster()) {
            console.out().println("It names no cluster: only forebay up can run it, with an embedded one.");
        }
        return Failures.DONE;
    }

    private static void checkGroup(ForebayConfig config) {
        try (ReadingGroup group = new ReadingGroup(config.worker().group(), config.kafka())) {
            group.require(config.worker().delivery() == WorkerConfig.Delivery.QUEUE);
        }
    }

    private void checkTopics(ForebayConfig config) {
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            TopicPlan plan = TopicPlan.of(config);
            Map<String, Integer> present = broker.partitions(plan);
            List<String> missing = plan.names().stream()
                    .filter(name -> !present.containsKey(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw new FailedException("The broker answers, but has no topic " + String.join(", ", missing)
                        + ". Create what is missing with: forebay topics " + file + " --create");
            }
            plan.entries().forEach(entry -> entry.partitions()
                    .filter(needed -> !needed.equals(present.get(entry.name())))
                    .ifPresent(needed -> {
                        throw new FailedException("Topic " + entry.name() + ", " + entry.purpose() + ", has "
                                + present.get(entry.name()) + " partitions and has to have " + needed
                                + ": its records count in their order. Delete it, and create it with: forebay topics "
                                + file + " --create");
                    }));
        }
    }
}
