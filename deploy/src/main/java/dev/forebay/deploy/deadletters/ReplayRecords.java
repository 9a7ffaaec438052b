package dev.forebay.deploy.deadletters;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Letters as the records that they were: original key, value and headers, in the original's partition where its topic
 * still has it. The timestamp is new: a topic's retention and a source's {@code expires-after} count from it.
 */
final class ReplayRecords {
    private final String deadLetters;
    private final ToIntFunction<String> partitions;

    /** @param partitions how many a topic has */
    ReplayRecords(String deadLetters, ToIntFunction<String> partitions) {
        this.deadLetters = deadLetters;
        this.partitions = partitions;
    }

    ProducerRecord<byte[], byte[]> of(Letter letter) {
        DeadLetter content = letter.content();
        int original = content.getPartition();
        Integer partition = original < partitions.applyAsInt(content.getTopic()) ? original : null;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(content.getTopic(), partition, bytes(content.getKey()), bytes(content.getValue()));
        for (HeaderEntry header : content.getHeaders()) {
            record.headers().add(header.getName(), bytes(header.getValue()));
        }
        record.headers().remove(Headers.ATTEMPTS).add(Headers.ATTEMPTS, Attempts.header(content.getAttempts()));
        record.headers()
                .remove(Headers.DLQ_ORIGIN)
                .add(Headers.DLQ_ORIGIN, text(deadLetters + "-" + letter.position()));
        String id = content.getRequestId();
        if (id != null && record.headers().lastHeader(Headers.REQUEST_ID) == null) {
            // An id that was made of the record's position would be another one at the new position.
            record.headers().add(Headers.REQUEST_ID, text(id));
        }
        return record;
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
