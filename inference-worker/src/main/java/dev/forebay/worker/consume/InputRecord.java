package dev.forebay.worker.consume;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read, nothing interpreted.
 *
 * @param receivedNanos when it was read, on the worker's monotonic clock
 * @param deliveries how often it was delivered, with this time, as far as the group counts; at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // the broker's bytes, never compared
public record InputRecord(
        TopicPartition partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        long receivedNanos,
        int deliveries) {

    public RecordPosition position() {
        return new RecordPosition(partition, offset);
    }

    /** Key and value, in bytes; at least 1, so that a flood of empty records is bounded as well. */
    public int bytes() {
        return 1 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
