package dev.forebay.worker.consume;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Takes records over from the poll thread; must not block. */
@FunctionalInterface
public interface RecordSink {
    void accept(InputRecord record, Ticket ticket);

    /** Everything below these offsets is final: it has its terminal record, and will not be read again. */
    default void passed(Map<TopicPartition, Long> offsets) {}

    /** The same of one record. */
    default void passed(RecordPosition record) {}
}
