package dev.forebay.processors;

import dev.forebay.schemas.config.KafkaConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The properties of one Kafka Streams application: ours, then the user's, then those that no one may change. */
final class StreamsSettings {
    /** What a user may not set: a handler that goes on after an error would skip a record silently. */
    static final List<String> FIXED = List.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "default.deserialization.exception.handler",
            "default.production.exception.handler");

    /** A dead letter holds a whole record beside its own fields, as JSON perhaps; the topic's own limit is the real one. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    /**
     * Neither topology has a global thread, but Streams warns where this is not set. The assignor warns as well, and
     * knows the consumer's properties only.
     */
    private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    private StreamsSettings() {}

    static Properties of(String applicationId, int threads, KafkaConfig kafka, Path stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // The streams protocol has no way yet to change the sources of a running group; classic has.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 15_000);
        properties.put(GLOBAL_HANDLER, true);
        properties.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true);
        properties.putAll(kafka.forStreams());
        FIXED.forEach(properties::remove);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class);
        return properties;
    }

    static String whyFixed(String key) {
        return key.equals(StreamsConfig.APPLICATION_ID_CONFIG)
                ? "each topology has its own, processors.intake-application-id and processors.verdict-application-id"
                : "Forebay never skips a record, so no handler may go on after an error";
    }
}
