package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to be sent.
 *
 * @param text empty for a record that is no encoded request
 * @param bytes the value of such a record; null for none
 * @param timestamp of the record; null for now
 * @param ending how it has to end
 */
@SuppressWarnings("ArrayRecordComponent") // owned by one ask; never compared
record Ask(
        String key,
        String text,
        byte @Nullable [] bytes,
        Map<String, String> attributes,
        @Nullable Instant expiresAt,
        @Nullable Long timestamp,
        Ending ending) {
    /** Answered with what the fake model makes of the text. */
    static Ask text(String key, String text) {
        Ending ending = Ending.result(Arrays.toString(FakeModel.vector(text)));
        return new Ask(key, text, null, Map.of(), null, null, ending);
    }

    /** A record whose value is no request. */
    static Ask bytes(String key, byte[] bytes, ReasonCode code) {
        return new Ask(key, "", bytes, Map.of(), null, null, Ending.dead(code));
    }

    /** A record without a value. */
    static Ask nothing(String key) {
        return new Ask(key, "", null, Map.of(), null, null, Ending.dead(ReasonCode.NULL_VALUE));
    }

    Ask ending(Ending other) {
        return new Ask(key, text, bytes, attributes, expiresAt, timestamp, other);
    }

    Ask at(long millis) {
        return new Ask(key, text, bytes, attributes, expiresAt, millis, ending);
    }

    Ask expiring(Instant moment) {
        return new Ask(key, text, bytes, attributes, moment, timestamp, ending);
    }

    Ask with(Map<String, String> otherAttributes) {
        return new Ask(key, text, bytes, otherAttributes, expiresAt, timestamp, ending);
    }
}
