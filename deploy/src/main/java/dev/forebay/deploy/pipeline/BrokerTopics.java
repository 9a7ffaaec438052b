package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.worker.consume.ReadingGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that a broker has. Each call is bounded in time. */
public final class BrokerTopics implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 20;

    private final Admin admin;
    private final KafkaConfig kafka;
    private final String servers;

    private BrokerTopics(Admin admin, KafkaConfig kafka, String servers) {
        this.admin = admin;
        this.kafka = kafka;
        this.servers = servers;
    }

    /** @throws FailedException where the client's settings cannot be used */
    public static BrokerTopics of(KafkaConfig kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.forAdmin());
        settings.putIfAbsent("default.api.timeout.ms", "15000");
        settings.putIfAbsent("request.timeout.ms", "10000");
        String servers = String.valueOf(settings.get("bootstrap.servers"));
        try {
            return new BrokerTopics(Admin.create(settings), kafka, servers);
        } catch (KafkaException e) {
            throw FailedException.of("No connection to the broker at " + servers + " can be set up", e);
        }
    }

    /** The number of partitions of each topic of a plan that exists. */
    public Map<String, Integer> partitions(TopicPlan plan) {
        Set<String> present = new HashSet<>(ask(admin.listTopics().names()));
        present.retainAll(plan.names());
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, TopicDescription> found = ask(admin.describeTopics(present).allTopicNames());
        found.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    /**
     * Creates what is missing and names it; a topic that someone else creates meanwhile is as good. A share group gets its
     * settings.
     */
    public List<String> create(TopicPlan plan, Optional<Integer> partitions) {
        Set<String> present = partitions(plan).keySet();
        List<String> created = new ArrayList<>();
        for (TopicPlan.Entry entry : plan.entries()) {
            if (!present.contains(entry.name())) {
                NewTopic topic = new NewTopic(
                                entry.name(),
                                entry.partitions().isPresent() ? entry.partitions() : partitions,
                                Optional.empty())
                        .configs(entry.settings());
                if (isCreated(topic)) {
                    created.add(entry.name());
                }
            }
        }
        awaitLeaders(created);
        plan.shareGroup().ifPresent(this::set);
        return created;
    }

    private void set(String shareGroup) {
        try (ReadingGroup group = new ReadingGroup(shareGroup, kafka)) {
            group.set();
        }
    }

    /**
     * Waits until the brokers serve new topics. One that is written to earlier may refuse a first batch and take a second,
     * which an idempotent producer cannot mend before its delivery timeout.
     */
    private void awaitLeaders(List<String> topics) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!areServed(topics) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean areServed(List<String> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        try {
            ask(admin.describeTopics(topics).allTopicNames()).values().forEach(topic -> topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            ask(admin.listOffsets(ends).all());
            return true;
        } catch (FailedException e) {
            if (e.getCause() instanceof InvalidMetadataException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private boolean isCreated(NewTopic topic) {
        try {
            ask(admin.createTopics(List.of(topic)).all());
            return true;
        } catch (FailedException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new FailedException("Topic " + topic.name() + " cannot be created: " + e.getMessage(), e);
        }
    }

    private <T> T ask(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean silent = cause instanceof org.apache.kafka.common.errors.TimeoutException;
            String what = silent ? "The broker at " + servers + " does not answer" : "The broker refused";
            throw FailedException.of(what, cause);
        } catch (TimeoutException e) {
            throw new FailedException("The broker at " + servers + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted while waiting for the broker.", e);
        }
    }
}
