package dev.forebay.deploy.pipeline;

import dev.forebay.processors.digest.DigestsConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.worker.WorkerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every topic that a configuration reads or writes, in the order of the way of the data.
 *
 * @param shareGroup the share group that the worker reads with, whose settings belong to it as those of a topic do
 */
public record TopicPlan(List<Entry> entries, Optional<String> shareGroup) {
    /** A result with a long vector, or a dead letter with an original of the largest size, has to fit. */
    private static final Map<String, String> LARGE = Map.of("max.message.bytes", Integer.toString(4 << 20));

    /** Without it, a record that was replayed long ago could be replayed again, and reference data would be lost. */
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** The order of changes is that of one partition, and who changed what is asked years later. */
    private static final Map<String, String> KEPT = Map.of("cleanup.policy", "delete", "retention.ms", "-1");

    /** A count that is corrected replaces the one before. */
    private static final Map<String, String> LATEST_OF_EACH = Map.of("cleanup.policy", "compact,delete");

    /** The list of the parts of an event may be long. */
    private static final Map<String, String> LARGE_LATEST_OF_EACH =
            Map.of("cleanup.policy", "compact,delete", "max.message.bytes", Integer.toString(4 << 20));

    /**
     * One topic.
     *
     * @param format as users write it, {@code avro}
     * @param settings what it is created with
     * @param partitions that it has to have; empty where that is up to whoever creates it
     */
    public record Entry(
            String name, String format, String purpose, Map<String, String> settings, Optional<Integer> partitions) {
        Entry(String name, String format, String purpose, Map<String, String> settings) {
            this(name, format, purpose, settings, Optional.empty());
        }
    }

    public static TopicPlan of(ForebayConfig config) {
        Topics topics = config.topics();
        Map<String, Entry> plan = new LinkedHashMap<>();
        config.processors().intake().sourceTopics().forEach(name -> plan.put(name, source(name)));
        config.processors().intake().referenceTopics().forEach(name -> plan.put(name, reference(name)));
        add(plan, topics.requests(), "requests made elsewhere", Map.of());
        if (config.processors().intake().quotas().any()) {
            add(plan, topics.admitted(), "requests by their tenant, for the quotas", Map.of());
        }
        add(plan, topics.work(), "requests for the worker", Map.of());
        add(plan, topics.workBulk(), "requests of a back-fill", Map.of());
        add(plan, topics.retries(), "requests to be tried again", Map.of());
        DigestsConfig digests = config.processors().digests();
        if (digests.gathers()) {
            add(plan, topics.digestEvents(), "requests to be gathered into digests", LARGE);
        }
        add(plan, topics.outcomes(), "answers of the worker", LARGE);
        add(plan, topics.results(), "released results", LARGE);
        add(plan, topics.review(), "results for a person to look at", LARGE);
        if (config.processors().verdict().readsDecisions()) {
            add(plan, topics.reviewDecisions(), "what people decided", LARGE);
        }
        config.processors().verdict().routeTopics().forEach(topic -> add(plan, topic, "results by a route", LARGE));
        digests.aggregates().ifPresent(counts -> {
            add(plan, topics.countEvents(), "what is counted", Map.of());
            add(plan, counts.to(), "counts for dashboards", LATEST_OF_EACH);
        });
        if (digests.completions().isPresent()) {
            add(plan, topics.partEvents(), "what becomes of the parts of events", Map.of());
            add(plan, topics.completions(), "how all parts of an event ended", LARGE_LATEST_OF_EACH);
        }
        add(plan, topics.rejections(), "requests to be mended by their sender", Map.of());
        add(plan, topics.deadLetters(), "records that could not be processed", LARGE);
        plan.putIfAbsent(topics.replays(), new Entry(topics.replays(), "json", "what was replayed", COMPACTED));
        config.processors()
                .changes()
                .ifPresent(changes -> plan.putIfAbsent(
                        topics.control(),
                        new Entry(topics.control(), "yaml", "changes of the policy", KEPT, Optional.of(1))));
        Optional<String> shareGroup = config.worker().delivery() == WorkerConfig.Delivery.QUEUE
                ? Optional.of(config.worker().group())
                : Optional.empty();
        return new TopicPlan(List.copyOf(plan.values()), shareGroup);
    }

    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    private static Entry source(String name) {
        return new Entry(name, "yours", "events", Map.of());
    }

    private static Entry reference(String name) {
        return new Entry(name, "yours", "reference data", COMPACTED);
    }

    private static void add(Map<String, Entry> plan, Topics.Topic topic, String purpose, Map<String, String> settings) {
        String format = topic.format().name().toLowerCase(Locale.ROOT);
        plan.putIfAbsent(topic.name(), new Entry(topic.name(), format, purpose, settings));
    }
}
