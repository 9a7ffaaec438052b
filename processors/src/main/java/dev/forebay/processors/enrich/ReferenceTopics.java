package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfPassages;
import dev.forebay.processors.enrich.Reference.OfQuery;
import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.schemas.serde.Codecs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The reference topics of a topology. Each is kept once, however many entries ask for it, in memory: read whole before the
 * first event is taken, and so never older or of another shape than the configuration. Rows are kept in a global store;
 * passages beside theirs, which stays empty, in an index.
 */
public final class ReferenceTopics {
    private final List<Enricher> enrichers;
    private final Map<String, ReferenceTable> tables = new LinkedHashMap<>();
    private final Map<String, PassageTable> passages = new LinkedHashMap<>();

    private ReferenceTopics(List<Enricher> enrichers) {
        this.enrichers = enrichers;
    }

    /** @param clock by which what is written to a topic of passages is seen by searches */
    public static ReferenceTopics of(List<Enricher> enrichers, Codecs codecs, InstantSource clock) {
        ReferenceTopics topics = new ReferenceTopics(enrichers);
        byTopic(enrichers, OfTopic.class)
                .forEach((topic, references) -> topics.tables.put(topic, ReferenceTable.of(references, codecs)));
        byTopic(enrichers, OfPassages.class)
                .forEach((topic, references) -> topics.passages.put(topic, PassageTable.of(references, codecs, clock)));
        return topics;
    }

    private static <R extends Reference> Map<String, List<R>> byTopic(List<Enricher> enrichers, Class<R> kind) {
        Map<String, List<R>> byTopic = new LinkedHashMap<>();
        enrichers.stream()
                .map(Enricher::reference)
                .filter(kind::isInstance)
                .forEach(
                        reference -> byTopic.computeIfAbsent(reference.from().orElseThrow(), topic -> new ArrayList<>())
                                .add(kind.cast(reference)));
        return byTopic;
    }

    /** The names of the topics, each once. */
    public static List<String> names(List<Enricher> enrichers) {
        return enrichers.stream()
                .flatMap(enricher -> enricher.reference().from().stream())
                .distinct()
                .toList();
    }

    /** Adds the stores and what fills them: {@code follow-TOPIC}, {@code keep-TOPIC} and {@code reference-TOPIC}. */
    public void addTo(Topology topology) {
        for (String topic : names(enrichers)) {
            ProcessorSupplier<byte[], byte[], Void, Void> keeping = tables.containsKey(topic)
                    ? () -> new ReferenceProcessor(table(topic), store(topic))
                    : () -> new PassageProcessor(passages(topic));
            Endpoints.addGlobal(topology, topic, store(topic), "keep-" + topic, keeping);
        }
    }

    /** The enrichment of an operator of that topology. */
    public Enrichment enrichment(ProcessorContext<?, ?> context, Databases databases, Trail trail) {
        return Enrichment.of(enrichers.stream()
                .map(enricher -> step(enricher, context, databases, trail))
                .toList());
    }

    private Step step(Enricher enricher, ProcessorContext<?, ?> context, Databases databases, Trail trail) {
        if (enricher.reference() instanceof OfPassages ofPassages) {
            return new Retrieval(
                    enricher, ofPassages, passages(ofPassages.passages().topic()), trail);
        }
        return new LookupStep(enricher, lookup(enricher, context, databases), trail);
    }

    private Lookup lookup(Enricher enricher, ProcessorContext<?, ?> context, Databases databases) {
        if (enricher.reference() instanceof OfTopic ofTopic) {
            KeyValueStore<byte[], byte[]> store = context.getStateStore(store(ofTopic.topic()));
            return new TopicLookup(ofTopic, table(ofTopic.topic()), store);
        }
        return databases.lookup(enricher, (OfQuery) enricher.reference());
    }

    private ReferenceTable table(String topic) {
        return Objects.requireNonNull(tables.get(topic));
    }

    private PassageTable passages(String topic) {
        return Objects.requireNonNull(passages.get(topic));
    }

    private static String store(String topic) {
        return "reference-" + topic;
    }
}
