package dev.forebay.worker.consume;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What becomes final together.
 *
 * @param offsets per partition, the first offset that is not done
 * @param terminals what still has to go out of the records below, per partition in offset order
 */
public record Commit(Map<TopicPartition, Long> offsets, List<UnsentTerminal> terminals) {
    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** The offsets as Kafka's clients take them. */
    public Map<TopicPartition, OffsetAndMetadata> kafkaOffsets() {
        Map<TopicPartition, OffsetAndMetadata> kafka = new HashMap<>();
        offsets.forEach((partition, offset) -> kafka.put(partition, new OffsetAndMetadata(offset)));
        return kafka;
    }

    /** How a commit ended. */
    public enum End {
        /** The broker has it. */
        COMMITTED,
        /** It was not taken; the next commit says the same and more. */
        FAILED,
        /** The transaction failed, so that only the broker knows where reading goes on. */
        READ_AGAIN
    }
}
