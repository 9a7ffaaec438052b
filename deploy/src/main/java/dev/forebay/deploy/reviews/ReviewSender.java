package dev.forebay.deploy.reviews;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RecordSender;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes decisions, each under the key of the record that it decides on. */
public final class ReviewSender implements AutoCloseable {
    private final String topic;
    private final Codec<ReviewDecision> codec;
    private final RecordSender sender;

    public ReviewSender(ForebayConfig config, Codecs codecs) {
        this.topic = config.topics().reviewDecisions().name();
        this.codec = codecs.of(config.topics().reviewDecisions(), ReviewDecision.class);
        this.sender = new RecordSender(config.kafka());
    }

    /** Returns when the broker has it. */
    public void send(Reviewed reviewed, ReviewDecision decision) {
        var unused = sender.send(
                new ProducerRecord<>(topic, reviewed.key(), codec.encode(decision)),
                "decision on " + reviewed.position());
    }

    @Override
    public void close() {
        sender.close();
    }
}
