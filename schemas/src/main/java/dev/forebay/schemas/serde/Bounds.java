package dev.forebay.schemas.serde;

import dev.forebay.schemas.ReasonCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is decided about a value before a byte of it is read. */
final class Bounds {
    /** Well above what a broker takes by default (1 MiB), low enough to decode several at once. */
    static final int MAX_BYTES = 16 << 20;

    private Bounds() {}

    static <T> Optional<Decoded.Bad<T>> refusal(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.of(new Decoded.Bad<>(ReasonCode.NULL_VALUE, "the record has no value"));
        }
        if (bytes.length > MAX_BYTES) {
            return Optional.of(new Decoded.Bad<>(
                    ReasonCode.MALFORMED,
                    "the value has " + bytes.length + " bytes; at most " + MAX_BYTES + " are decoded"));
        }
        return Optional.empty();
    }
}
