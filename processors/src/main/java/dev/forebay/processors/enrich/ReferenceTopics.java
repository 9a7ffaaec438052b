package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Enrichment.Step;
import dev.forebay.processors.enrich.Reference.OfQuery;
import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.schemas.serde.Codecs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The reference topics of a topology. Each has one global store, however many entries look up in it, which is in memory:
 * filled from the topic before the first event is read, and so never older or of another shape than the configuration.
 */
public final class ReferenceTopics {
    private final List<Enricher> enrichers;
    private final Map<String, ReferenceTable> tables;

    private ReferenceTopics(List<Enricher> enrichers, Map<String, ReferenceTable> tables) {
        this.enrichers = enrichers;
        this.tables = tables;
    }

    public static ReferenceTopics of(List<Enricher> enrichers, Codecs codecs) {
        Map<String, List<OfTopic>> byTopic = new LinkedHashMap<>();
        for (Enricher enricher : enrichers) {
            if (enricher.reference() instanceof OfTopic reference) {
                byTopic.computeIfAbsent(reference.topic(), topic -> new ArrayList<>())
                        .add(reference);
            }
        }
        Map<String, ReferenceTable> tables = new LinkedHashMap<>();
        byTopic.forEach((topic, references) -> tables.put(topic, ReferenceTable.of(references, codecs)));
        return new ReferenceTopics(enrichers, tables);
    }

    /** The names of the topics, each once. */
    public static List<String> names(List<Enricher> enrichers) {
        return enrichers.stream()
                .flatMap(enricher -> enricher.reference() instanceof OfTopic reference
                        ? Stream.of(reference.topic())
                        : Stream.empty())
                .distinct()
                .toList();
    }

    /** Adds the stores and what fills them: {@code follow-TOPIC}, {@code keep-TOPIC} and {@code reference-TOPIC}. */
    public void addTo(Topology topology) {
        tables.forEach((topic, table) -> Endpoints.addGlobal(
                topology, topic, store(topic), "keep-" + topic, () -> new ReferenceProcessor(table, store(topic))));
    }

    /** The enrichment of an operator of that topology. */
    public Enrichment enrichment(ProcessorContext<?, ?> context, Databases databases, Trail trail) {
        return Enrichment.of(
                enrichers.stream()
                        .map(enricher -> new Step(enricher, lookup(enricher, context, databases)))
                        .toList(),
                trail);
    }

    private Lookup lookup(Enricher enricher, ProcessorContext<?, ?> context, Databases databases) {
        if (enricher.reference() instanceof OfTopic ofTopic) {
            ReferenceTable table = Objects.requireNonNull(tables.get(ofTopic.topic()));
            KeyValueStore<byte[], byte[]> store = context.getStateStore(store(ofTopic.topic()));
            return new TopicLookup(ofTopic, table, store);
        }
        return databases.lookup(enricher, (OfQuery) enricher.reference());
    }

    private static String store(String topic) {
        return "reference-" + topic;
    }
}
