package dev.forebay.deploy.reviews;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes decisions, each under the key of the record that it decides on. */
public final class ReviewSender implements AutoCloseable {
    private final String topic;
    private final Codec<ReviewDecision> codec;
    private final KafkaProducer<byte[], byte[]> producer;

    public ReviewSender(ForebayConfig config, Codecs codecs) {
        this.topic = config.topics().reviewDecisions().name();
        this.codec = codecs.of(config.topics().reviewDecisions(), ReviewDecision.class);
        Map<String, Object> settings = new HashMap<>(config.kafka().forProducer());
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when the broker has it. */
    public void send(Reviewed reviewed, ReviewDecision decision) {
        try {
            producer.send(new ProducerRecord<>(topic, reviewed.key(), codec.encode(decision)))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw FailedException.of("The decision on " + reviewed.position() + " could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted; the decision on " + reviewed.position() + " may not be written.");
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
