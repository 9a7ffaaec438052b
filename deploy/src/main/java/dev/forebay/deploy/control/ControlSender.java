package dev.forebay.deploy.control;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.schemas.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes changes of the policy. */
public final class ControlSender implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    public ControlSender(ForebayConfig config) {
        this.topic = config.topics().control();
        Map<String, Object> settings = new HashMap<>(config.kafka().forProducer());
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when the broker has it.
     *
     * @param document empty for the configuration file alone
     * @return the version of the change
     */
    public long send(String document, String by, @Nullable String reason) {
        ProducerRecord<byte[], byte[]> change = new ProducerRecord<>(topic, 0, bytes("policy"), bytes(document));
        change.headers().add(Headers.CHANGED_BY, bytes(by));
        if (reason != null) {
            change.headers().add(Headers.CHANGE_REASON, bytes(reason));
        }
        try {
            return producer.send(change).get().offset();
        } catch (ExecutionException | KafkaException e) {
            throw FailedException.of("The change could not be written to topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted; the change may not be written.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
