package dev.forebay.worker.publish;

import dev.forebay.schemas.Headers;
import dev.forebay.worker.consume.InputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record on the topic of retries: the original as it was, with its position and the time of its next attempt in headers.
 *
 * @param original as it was read first, but for the count of its attempts
 * @param notBefore absent where the record was not put there by a worker
 */
public record Postponement(InputRecord original, Optional<Instant> notBefore) {
    private static final Pattern POSITION = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

    /** @param timestamp of the record; null for the broker's */
    static ProducerRecord<byte[], byte[]> record(
            String topic, InputRecord original, @Nullable Long timestamp, Instant notBefore) {
        InputRecord tried = original.tried();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, timestamp, original.key(), original.value(), tried.headers());
        String position = original.partition() + "-" + original.offset();
        record.headers().remove(Headers.ORIGIN).add(Headers.ORIGIN, bytes(position));
        record.headers().remove(Headers.NOT_BEFORE).add(Headers.NOT_BEFORE, bytes(notBefore.toString()));
        return record;
    }

    /** Reads a record of that topic. */
    public static Postponement read(InputRecord record) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.remove(Headers.ORIGIN).remove(Headers.NOT_BEFORE);
        Matcher position = POSITION.matcher(record.header(Headers.ORIGIN).orElse(""));
        boolean known = position.matches();
        InputRecord original = new InputRecord(
                known ? new TopicPartition(position.group(1), Integer.parseInt(position.group(2))) : record.partition(),
                known ? Long.parseLong(position.group(3)) : record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers,
                record.receivedNanos(),
                record.deliveries());
        return new Postponement(original, record.header(Headers.NOT_BEFORE).flatMap(Postponement::instant));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
