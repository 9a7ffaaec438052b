package dev.forebay.processors.stream;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp within the years 1970 to 9999. Streams drops a record whose timestamp is negative without a
 * word, and adds to large ones without looking; a record that is merely in the future keeps its timestamp here, so that a
 * dead letter can tell it, and is bounded by the present where it is written.
 */
public final class BoundedTimestamp implements TimestampExtractor {
    private static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Override
    public long extract(ConsumerRecord<Object, Object> event, long partitionTime) {
        return Math.max(0, Math.min(event.timestamp(), MAX));
    }
}
