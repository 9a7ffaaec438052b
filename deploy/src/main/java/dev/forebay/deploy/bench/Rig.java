package dev.forebay.deploy.bench;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The broker with its registry, and what runs on them: every run gets topics and a group of its own. */
final class Rig implements AutoCloseable {
    /** Enough that each of a few consumers in one group has as much to do as the others. */
    private static final int PARTITIONS = 4;

    private final EmbeddedCluster cluster;
    private final boolean measuring;
    private int courses;

    private Rig(EmbeddedCluster cluster, boolean measuring) {
        this.cluster = cluster;
        this.measuring = measuring;
    }

    /** @param measuring whether variant, executors and budget are chosen by measurement, as a worker chooses them */
    static Rig start(boolean measuring) {
        return new Rig(EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0)), measuring);
    }

    /** What every run has in common: the defaults of a configuration file. */
    ForebayConfig settings() {
        Map<String, ?> settings = measuring
                ? Map.of()
                : Map.of(
                        "models", Map.of("precision", "fp32", "executors", "2", "threads", "1"),
                        "worker", Map.of("batch", Map.of("padded-tokens", "1024")));
        return ForebayConfig.readForAnyCluster(settings).on(cluster.bootstrapServers(), cluster.registryUrl());
    }

    /** The engine alone, with the batches that a worker of this rig makes. */
    EngineCeiling ceiling(Served served) {
        return new EngineCeiling(
                served, settings().worker().withBudget(served.paddedTokens()).batch());
    }

    /** Topics and a group that nobody has used, with a task {@code embed}; requests go straight to the worker. */
    Course course() {
        return course("", Map.of(), Map.of(), true);
    }

    /** The same where terminal records and offsets go out in transactions. */
    Course courseWithExactlyOnce() {
        return course("", Map.of("delivery", "exactly-once"), Map.of(), true);
    }

    /** The same with nothing kept for texts that come again: a cache fills, within its bound, with the backlog. */
    Course courseWithoutReuse() {
        return course("", Map.of(), Map.of(), false);
    }

    /** The same behind the processors: plain texts go in, verdicts come out. */
    Course courseWithProcessors() {
        String events = "bench-" + courses + ".events";
        Map<String, Object> source = Map.of("topic", events, "format", "text", "task", Course.TASK);
        return course(events, Map.of(), Map.of("intake", Map.of("sources", List.of(source))), true);
    }

    private Course course(String events, Map<String, ?> worker, Map<String, ?> settings, boolean reuse) {
        String prefix = "bench-" + courses++;
        Map<String, Object> topics = new LinkedHashMap<>();
        Stream.of(
                        "requests",
                        "work",
                        "work-bulk",
                        "retries",
                        "outcomes",
                        "results",
                        "review",
                        "rejections",
                        "dead-letters")
                .forEach(topic -> topics.put(topic, prefix + "." + topic));
        Map<String, Object> values = new HashMap<>(settings);
        values.put("topics", topics);
        values.put("tasks", Map.of(Course.TASK, Map.of("task", "embed", "reuse", reuse)));
        Map<String, Object> workerSettings = new HashMap<>(worker);
        workerSettings.put("group", prefix);
        values.put("worker", workerSettings);
        ForebayConfig config =
                ForebayConfig.readForAnyCluster(values).on(cluster.bootstrapServers(), cluster.registryUrl());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(PARTITIONS));
        }
        return new Course(config, PARTITIONS, events);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
