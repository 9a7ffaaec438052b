package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records one by one. */
public final class RecordSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public RecordSender(KafkaConfig kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.forProducer());
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when the broker has it.
     *
     * @param what the record is, in words for a person: {@code decision on 0-17}
     * @return its offset
     * @throws FailedException where it could not be written
     */
    public long send(ProducerRecord<byte[], byte[]> record, String what) {
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException | KafkaException e) {
            throw FailedException.of("The " + what + " could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted; the " + what + " may not be written.");
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
