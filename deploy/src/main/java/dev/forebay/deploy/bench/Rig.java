package dev.forebay.deploy.bench;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The broker with its registry, and what runs on them: every run gets topics and a group of its own. */
final class Rig implements AutoCloseable {
    /** Enough that each of a few consumers in one group has one. */
    private static final int MIN_PARTITIONS = 2;

    private final EmbeddedCluster cluster;
    private int courses;

    private Rig(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    static Rig start() {
        return new Rig(EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0)));
    }

    /** Topics and a group that nobody has used, with a task {@code embed}. */
    Course course() {
        return course(Map.of());
    }

    /** @param settings sections as a configuration file has them, beside topics, tasks and the worker's group */
    Course course(Map<String, ?> settings) {
        String prefix = "bench-" + courses++;
        Map<String, Object> topics = new LinkedHashMap<>();
        Stream.of("requests", "work", "outcomes", "results", "review", "rejections", "dead-letters")
                .forEach(topic -> topics.put(topic, prefix + "." + topic));
        Map<String, Object> values = new HashMap<>(settings);
        values.put("topics", topics);
        values.put("tasks", Map.of(Course.TASK, Map.of("task", "embed")));
        values.put("worker", Map.of("group", prefix));
        ForebayConfig config =
                ForebayConfig.readForAnyCluster(values).on(cluster.bootstrapServers(), cluster.registryUrl());
        int partitions = Math.max(MIN_PARTITIONS, config.models().executors());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(partitions));
        }
        return new Course(config, partitions);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
