package dev.forebay.processors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of Kafka Streams that nobody may set, because the delivery contract rests on them. */
final class FixedSettings {
    /** Kafka marks its own constant as deprecated, but warns where the property is not set. */
    static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    private static final String HANDLER = "Forebay never skips a record, so no handler may go on after an error";
    private static final String EXACTLY_ONCE = "Forebay writes each record exactly once, which rests on it";
    private static final String OWN_CODE = "Forebay's delivery rests on what Streams itself does there";

    /** Properties of Streams itself. */
    private static final Map<String, String> OF_STREAMS = Map.ofEntries(
            Map.entry(
                    StreamsConfig.APPLICATION_ID_CONFIG,
                    "each topology has its own, processors.intake-application-id, verdict-application-id and"
                            + " digest-application-id"),
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, EXACTLY_ONCE),
            Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER),
            Map.entry(GLOBAL_HANDLER, HANDLER),
            Map.entry(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER),
            Map.entry("default.deserialization.exception.handler", HANDLER),
            Map.entry(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER),
            Map.entry("default.production.exception.handler", HANDLER),
            Map.entry(
                    StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                    "Forebay writes its dead letters to topics.dead-letters, each in the transaction of its record"),
            Map.entry(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, OWN_CODE),
            Map.entry(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, OWN_CODE));

    /** Properties of the clients within Streams. */
    private static final Set<String> OF_CLIENTS = Set.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private static final List<String> PREFIXES = List.of(
            "",
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX);

    private static final Map<String, String> ALL = all();

    private FixedSettings() {}

    /** Why a property may not be set below {@code kafka.streams}; empty where it may. */
    static Optional<String> why(String key) {
        return Optional.ofNullable(ALL.get(key));
    }

    /** Why a property may not be set for all clients: then Streams would take it as well. */
    static Optional<String> whyForAll(String key) {
        return Optional.ofNullable(OF_STREAMS.get(key));
    }

    private static Map<String, String> all() {
        Map<String, String> all = new HashMap<>(OF_STREAMS);
        for (String prefix : PREFIXES) {
            OF_CLIENTS.forEach(key -> all.put(prefix + key, EXACTLY_ONCE));
        }
        return Map.copyOf(all);
    }
}
