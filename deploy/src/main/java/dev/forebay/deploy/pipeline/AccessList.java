package dev.forebay.deploy.pipeline;

import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.processors.digest.DigestsConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.worker.WorkerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The least rights that each component needs on the broker. Kafka grants DESCRIBE with READ and WRITE, and lets whoever
 * may write to a topic produce idempotently, so neither is listed.
 */
public record AccessList(List<Right> rights) {

    /** What a principal is made for; {@code forebay up} is worker and processors in one. */
    public enum Component {
        WORKER,
        PROCESSORS,
        /** {@code forebay dlq}; to list, show and export, the read is enough. */
        DLQ,
        /** {@code forebay control}; to list and show, the read is enough. */
        CONTROL,
        /** {@code forebay topics --create}, which nothing else needs. */
        TOPICS;

        /** As users see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One thing that one component has to be allowed. */
    public record Right(Component component, AclOperation operation, ResourcePattern resource) {}

    public static AccessList of(ForebayConfig config) {
        Set<Right> rights = new LinkedHashSet<>();
        Topics topics = config.topics();
        add(rights, Component.WORKER, AclOperation.READ, topics.workNames());
        add(rights, Component.WORKER, AclOperation.READ, names(topics.retries()));
        add(
                rights,
                Component.WORKER,
                AclOperation.WRITE,
                names(topics.retries(), topics.outcomes(), topics.rejections(), topics.deadLetters()));
        rights.add(group(Component.WORKER, AclOperation.READ, config.worker()));
        if (config.worker().delivery() == WorkerConfig.Delivery.QUEUE) {
            // The worker looks at what the group promises, and the topics command sets it.
            rights.add(group(Component.WORKER, AclOperation.DESCRIBE_CONFIGS, config.worker()));
            rights.add(group(Component.TOPICS, AclOperation.ALTER_CONFIGS, config.worker()));
        }
        if (config.worker().delivery() == WorkerConfig.Delivery.EXACTLY_ONCE) {
            // One for each consumer, named after the slot of the state directory.
            rights.add(right(
                    Component.WORKER,
                    AclOperation.WRITE,
                    ResourceType.TRANSACTIONAL_ID,
                    config.worker().group() + "-",
                    PatternType.PREFIXED));
        }
        addProcessors(rights, config.processors(), topics);
        addDeadLetters(rights, config.processors(), topics);
        if (config.processors().changes().isPresent()) {
            add(rights, Component.CONTROL, AclOperation.READ, List.of(topics.control()));
            add(rights, Component.CONTROL, AclOperation.WRITE, List.of(topics.control()));
        }
        for (AclOperation operation : List.of(AclOperation.CREATE, AclOperation.DESCRIBE)) {
            add(rights, Component.TOPICS, operation, TopicPlan.of(config).names());
        }
        return new AccessList(List.copyOf(rights));
    }

    /** Of replays from one topic of dead letters: the same for everybody, so that two of them fence each other. */
    public static String replayTransactionalId(String deadLetters) {
        return "forebay-dlq-replay-" + deadLetters;
    }

    /** The rights of one component. */
    public List<Right> of(Component component) {
        return rights.stream().filter(right -> right.component() == component).toList();
    }

    private static void addProcessors(Set<Right> rights, ProcessorsConfig config, Topics topics) {
        Component own = Component.PROCESSORS;
        add(rights, own, AclOperation.READ, config.intake().sourceTopics());
        add(rights, own, AclOperation.READ, config.intake().referenceTopics());
        config.changes().ifPresent(changes -> add(rights, own, AclOperation.READ, List.of(topics.control())));
        add(rights, own, AclOperation.READ, names(topics.requests(), topics.outcomes()));
        add(rights, own, AclOperation.WRITE, topics.workNames());
        add(
                rights,
                own,
                AclOperation.WRITE,
                names(topics.results(), topics.review(), topics.rejections(), topics.deadLetters()));
        config.verdict().routeTopics().forEach(topic -> add(rights, own, AclOperation.WRITE, names(topic)));
        if (config.intake().quotas().any()) {
            add(rights, own, AclOperation.READ, names(topics.admitted()));
            add(rights, own, AclOperation.WRITE, names(topics.admitted()));
        }
        if (config.intake().quotas().any() || config.intake().duplicateWindow() != null) {
            addState(rights, config.intakeApplicationId());
        }
        if (config.verdict().readsDecisions()) {
            add(rights, own, AclOperation.READ, names(topics.reviewDecisions()));
            addState(rights, config.verdictApplicationId());
        }
        List<String> applications =
                new ArrayList<>(List.of(config.intakeApplicationId(), config.verdictApplicationId()));
        if (!config.digests().isEmpty()) {
            applications.add(config.digestApplicationId());
            addDigests(rights, config.digests(), topics);
            addState(rights, config.digestApplicationId());
        }
        for (String application : applications) {
            rights.add(right(own, AclOperation.READ, ResourceType.GROUP, application, PatternType.LITERAL));
            // One transactional id per thread, with a random part; the group's name begins them all.
            rights.add(right(
                    own, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, application + "-", PatternType.PREFIXED));
        }
    }

    private static void addDigests(Set<Right> rights, DigestsConfig config, Topics topics) {
        Component own = Component.PROCESSORS;
        if (config.gathers()) {
            add(rights, own, AclOperation.READ, topics.workNames());
            add(rights, own, AclOperation.READ, names(topics.digestEvents()));
            add(rights, own, AclOperation.WRITE, names(topics.digestEvents()));
        }
        if (config.completions().isPresent()) {
            add(rights, own, AclOperation.READ, names(topics.rejections(), topics.deadLetters(), topics.partEvents()));
            add(rights, own, AclOperation.WRITE, names(topics.partEvents(), topics.completions()));
        }
        config.aggregates().ifPresent(counts -> {
            add(rights, own, AclOperation.READ, names(topics.review(), topics.rejections(), topics.countEvents()));
            add(rights, own, AclOperation.WRITE, names(topics.countEvents(), counts.to()));
        });
    }

    /** What is remembered lies in a topic that Streams makes, named after the application. */
    private static void addState(Set<Right> rights, String applicationId) {
        for (AclOperation operation : List.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE)) {
            rights.add(right(
                    Component.PROCESSORS, operation, ResourceType.TOPIC, applicationId + "-", PatternType.PREFIXED));
        }
    }

    private static void addDeadLetters(Set<Right> rights, ProcessorsConfig config, Topics topics) {
        Component own = Component.DLQ;
        add(rights, own, AclOperation.READ, names(topics.deadLetters()));
        add(rights, own, AclOperation.READ, List.of(topics.replays()));
        add(rights, own, AclOperation.WRITE, config.intake().sourceTopics());
        add(rights, own, AclOperation.WRITE, names(topics.requests()));
        if (config.intake().quotas().any()) {
            add(rights, own, AclOperation.WRITE, names(topics.admitted()));
        }
        add(rights, own, AclOperation.WRITE, topics.workNames());
        add(rights, own, AclOperation.WRITE, List.of(topics.replays()));
        rights.add(right(
                own,
                AclOperation.WRITE,
                ResourceType.TRANSACTIONAL_ID,
                replayTransactionalId(topics.deadLetters().name()),
                PatternType.LITERAL));
    }

    private static List<String> names(Topics.Topic... topics) {
        return List.of(topics).stream().map(Topics.Topic::name).toList();
    }

    private static void add(Set<Right> rights, Component component, AclOperation operation, Collection<String> topics) {
        topics.forEach(
                topic -> rights.add(right(component, operation, ResourceType.TOPIC, topic, PatternType.LITERAL)));
    }

    private static Right group(Component component, AclOperation operation, WorkerConfig worker) {
        return right(component, operation, ResourceType.GROUP, worker.group(), PatternType.LITERAL);
    }

    private static Right right(
            Component component, AclOperation operation, ResourceType type, String name, PatternType pattern) {
        return new Right(component, operation, new ResourcePattern(type, name, pattern));
    }
}
