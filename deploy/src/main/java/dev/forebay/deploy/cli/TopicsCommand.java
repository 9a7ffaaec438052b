package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topics of a configuration, and what the broker has of them. */
@Command(
        name = "topics",
        description = "Lists the topics of a configuration; creates those that are missing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(
            names = "--create",
            description = "Create the topics that are missing, and give a share group its settings.")
    private boolean create;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of topics that are created; the broker's default where it is left out.")
    private Optional<Integer> partitions = Optional.empty();

    TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ForebayConfig config = ForebayConfig.read(file.path());
        TopicPlan plan = TopicPlan.of(config);
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            List<String> created = create ? broker.create(plan, partitions) : List.of();
            Map<String, Integer> present = broker.partitions(plan);
            print(plan, present, created);
            if (create) {
                plan.shareGroup().ifPresent(group -> console.say("The share group " + group + " has its settings."));
            }
            return Failures.DONE;
        }
    }

    private void print(TopicPlan plan, Map<String, Integer> present, List<String> created) {
        int width = plan.names().stream().mapToInt(String::length).max().orElse(0);
        String row = "%-" + width + "s  %-6s  %-10s  %s%n";
        console.out().printf(row, "TOPIC", "FORMAT", "PARTITIONS", "PURPOSE");
        for (TopicPlan.Entry entry : plan.entries()) {
            String partitionCount =
                    present.containsKey(entry.name()) ? String.valueOf(present.get(entry.name())) : "missing";
            String news = created.contains(entry.name()) ? " (created)" : "";
            console.out().printf(row, entry.name(), entry.format(), partitionCount, entry.purpose() + news);
        }
        console.out().flush();
        if (present.size() < plan.entries().size()) {
            console.say("Create what is missing with: forebay topics " + file + " --create");
        }
    }
}
