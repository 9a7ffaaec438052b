package dev.forebay.worker.publish;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.TraceParent;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.worker.consume.InputRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Dead letters of the worker: the input record as it was, and why it failed. */
final class DeadLetters {
    private DeadLetters() {}

    static DeadLetter of(InputRecord source, Terminal.Dead dead, Instant now) {
        return base(source, dead.message(), now, dead)
                .setValue(buffer(source.value()))
                .build();
    }

    /** For an original that fits no topic: its size and sha256 stand in for the value. */
    static DeadLetter withoutPayload(InputRecord source, Terminal.Dead dead, Instant now) {
        byte[] value = source.value() == null ? new byte[0] : source.value();
        return base(
                        source,
                        dead.message() + "; the original value of " + value.length + " bytes did not fit here",
                        now,
                        dead)
                .setValue(null)
                .setValueSize((long) value.length)
                .setValueSha256(sha256(value))
                .build();
    }

    private static DeadLetter.Builder base(InputRecord source, String message, Instant now, Terminal.Dead dead) {
        List<HeaderEntry> headers = new ArrayList<>();
        for (Header header : source.headers()) {
            headers.add(HeaderEntry.newBuilder()
                    .setName(header.key())
                    .setValue(buffer(header.value()))
                    .build());
        }
        return DeadLetter.newBuilder()
                .setTopic(source.partition().topic())
                .setPartition(source.partition().partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestamp()))
                .setKey(buffer(source.key()))
                .setHeaders(headers)
                .setCode(dead.code().code())
                .setMessage(message)
                .setStage("worker")
                .setRequestId(dead.requestId())
                .setModel(dead.model())
                .setAttempts(attempts(source))
                .setTraceId(text(source, Headers.TRACE_PARENT)
                        .flatMap(TraceParent::traceId)
                        .orElse(null))
                .setFailedAt(now);
    }

    /** How often the record was tried, with this attempt and those of its earlier deliveries. */
    static int attempts(InputRecord source) {
        return Attempts.with(text(source, Headers.ATTEMPTS), source.deliveries());
    }

    private static Optional<String> text(InputRecord source, String name) {
        return Optional.ofNullable(source.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
