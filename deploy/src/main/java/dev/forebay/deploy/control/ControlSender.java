package dev.forebay.deploy.control;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RecordSender;
import dev.forebay.schemas.Headers;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes changes of the policy. */
public final class ControlSender implements AutoCloseable {
    private final String topic;
    private final RecordSender sender;

    public ControlSender(ForebayConfig config) {
        this.topic = config.topics().control();
        this.sender = new RecordSender(config.kafka());
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
        return sender.send(change, "change to topic " + topic);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sender.close();
    }
}
