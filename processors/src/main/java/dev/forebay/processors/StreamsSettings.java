package dev.forebay.processors;

import dev.forebay.processors.stream.FailingHandler;
import dev.forebay.processors.stream.RefusalHandler;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.config.KafkaConfig;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of one Kafka Streams application: ours, then the user's, then those that no one may change. */
final class StreamsSettings {
    /** A dead letter holds a whole record beside its own fields, as JSON perhaps; the topic's own limit is the real one. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;
    /** Kafka's own 16 KiB, full after a dozen records, make more requests than a broker and a small machine need. */
    private static final int BATCH_BYTES = 128 << 10;

    private StreamsSettings() {}

    /** @param refusals where the application's own handler notes what a topic does not take */
    static Properties of(String applicationId, int threads, KafkaConfig kafka, Path stateDir, Refusals refusals) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // The streams protocol has no way yet to change the sources of a running group; classic has.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 15_000);
        properties.putAll(kafka.forStreams());
        properties.keySet().removeIf(key -> FixedSettings.why(key.toString()).isPresent());
        putFixed(properties, applicationId, refusals);
        return properties;
    }

    /** What {@link FixedSettings} refuses. */
    private static void putFixed(Properties properties, String applicationId, Refusals refusals) {
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailingHandler.class);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailingHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusalHandler.class);
        properties.put(RefusalHandler.REFUSALS, refusals);
        // For the thread of reference topics, and Streams warns where this is not set. The assignor warns as well, and
        // knows the consumer's properties only.
        properties.put(FixedSettings.GLOBAL_HANDLER, true);
        properties.put(StreamsConfig.mainConsumerPrefix(FixedSettings.GLOBAL_HANDLER), true);
    }
}
