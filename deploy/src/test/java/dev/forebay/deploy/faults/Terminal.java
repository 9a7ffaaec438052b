package dev.forebay.deploy.faults;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A terminal record as it was read.
 *
 * @param requestId that its input's header brought along
 * @param namedId the request id in its value; null where the input could not be read so far
 * @param key in hex
 * @param position where it was read
 * @param named the input that a dead letter says it is for; null for any other kind
 * @param content of the result; the reason code of any other kind
 * @param original of a dead letter: the value that it carries, in hex, or {@code sha256:HEX:BYTES} where it was left out
 * @param headers of a dead letter: those that it carries, values in hex
 */
record Terminal(
        Kind kind,
        String requestId,
        @Nullable String namedId,
        String key,
        Position position,
        @Nullable Position named,
        String content,
        String original,
        Map<String, String> headers) {
    enum Kind {
        RESULT,
        REJECTION,
        DEAD_LETTER
    }
}
