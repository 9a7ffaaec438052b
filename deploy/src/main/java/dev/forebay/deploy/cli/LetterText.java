package dev.forebay.deploy.cli;

import dev.forebay.deploy.deadletters.Letter;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole dead letter for a person's eyes; nothing of it reaches the terminal as a control character. */
final class LetterText {
    private final PayloadText payloads;

    LetterText(Codecs codecs) {
        this.payloads = new PayloadText(codecs);
    }

    String of(Letter letter, Optional<Instant> replayedAt) {
        DeadLetter content = letter.content();
        StringBuilder text = new StringBuilder();
        line(text, "letter", letter.position().toString());
        line(text, "code", content.getCode());
        line(text, "message", content.getMessage());
        line(text, "stage", content.getStage());
        line(text, "failed", content.getFailedAt().toString());
        line(text, "attempts", Integer.toString(content.getAttempts()));
        line(text, "replayed", replayedAt.map(Instant::toString).orElse("no"));
        line(text, "from", content.getTopic() + "-" + content.getPartition() + "@" + content.getOffset());
        line(text, "timestamp", content.getTimestamp().toString());
        line(text, "request", content.getRequestId());
        line(text, "model", content.getModel());
        line(text, "trace", content.getTraceId());
        line(text, "key", brief(content.getKey()));
        for (HeaderEntry header : content.getHeaders()) {
            line(text, "header", header.getName() + ": " + brief(header.getValue()));
        }
        return text.append(payload(content)).toString();
    }

    private String payload(DeadLetter content) {
        ByteBuffer value = content.getValue();
        if (value != null) {
            return payloads.of(PayloadText.bytes(value));
        }
        Long size = content.getValueSize();
        return String.format("%-10s ", "payload:")
                + (size == null
                        ? "none"
                        : "none; the original's " + size + " bytes did not fit, their sha256 is "
                                + Printable.line(String.valueOf(content.getValueSha256())));
    }

    private static String brief(@Nullable ByteBuffer bytes) {
        return bytes == null ? "none" : PayloadText.onOneLine(PayloadText.bytes(bytes));
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        text.append(
                String.format(Locale.ROOT, "%-10s %s%n", name + ":", value == null ? "none" : Printable.line(value)));
    }
}
