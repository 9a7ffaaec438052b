package dev.forebay.processors.event;

import dev.forebay.schemas.Headers;
import dev.forebay.schemas.TraceParent;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the dead letters of one stage: the original bytes, where they stood and why they went no further. */
public final class DeadLetters {
    private final Stage stage;

    public DeadLetters(Stage stage) {
        this.stage = stage;
    }

    /** The event with everything that it had. */
    public DeadLetter of(Event event, Reason reason, @Nullable String requestId, Instant failedAt) {
        return letter(event, reason, requestId, failedAt)
                .setValue(wrap(event.value()))
                .build();
    }

    /** For an event of which too much was made for a topic: its value's size and sha256 stand in for the value. */
    public DeadLetter withoutValue(Event event, Reason reason, @Nullable String requestId, Instant failedAt) {
        byte[] value = event.value() == null ? new byte[0] : event.value();
        return letter(event, reason, requestId, failedAt)
                .setValue(null)
                .setValueSize((long) value.length)
                .setValueSha256(HexFormat.of().formatHex(Sha256.of(value)))
                .build();
    }

    private DeadLetter.Builder letter(Event event, Reason reason, @Nullable String requestId, Instant failedAt) {
        List<HeaderEntry> headers = event.headers().stream()
                .map(header -> new HeaderEntry(header.name(), wrap(header.value())))
                .toList();
        return DeadLetter.newBuilder()
                .setTopic(event.position().topic())
                .setPartition(event.position().partition())
                .setOffset(event.position().offset())
                .setTimestamp(event.timestamp())
                .setKey(wrap(event.key()))
                .setHeaders(headers)
                .setCode(reason.code().code())
                .setMessage(reason.message())
                .setStage(stage.label())
                .setRequestId(requestId)
                .setAttempts(event.attempts())
                .setTraceId(event.header(Headers.TRACE_PARENT)
                        .flatMap(TraceParent::traceId)
                        .orElse(null))
                .setFailedAt(failedAt);
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
