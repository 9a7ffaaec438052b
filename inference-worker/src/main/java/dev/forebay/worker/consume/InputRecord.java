package dev.forebay.worker.consume;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
        org.apache.kafka.common.header.Headers headers,
        long receivedNanos,
        int deliveries) {

    /** As a consumer gave it; a consumer group counts no deliveries. */
    static InputRecord of(ConsumerRecord<byte[], byte[]> record, long receivedNanos) {
        return new InputRecord(
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers(),
                receivedNanos,
                record.deliveryCount().orElse((short) 1));
    }

    public RecordPosition position() {
        return new RecordPosition(partition, offset);
    }

    /** How often it was tried, with the present attempt and those of its earlier deliveries. */
    public int attempts() {
        return Attempts.with(header(Headers.ATTEMPTS), deliveries);
    }

    /** The same after one more attempt. */
    public InputRecord tried() {
        RecordHeaders counted = new RecordHeaders(headers);
        counted.remove(Headers.ATTEMPTS).add(Headers.ATTEMPTS, Attempts.header(attempts()));
        return new InputRecord(partition, offset, timestamp, key, value, counted, receivedNanos, 1);
    }

    /** The last header of that name, as text. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Key and value, in bytes; at least 1, so that a flood of empty records is bounded as well. */
    public int bytes() {
        return 1 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
