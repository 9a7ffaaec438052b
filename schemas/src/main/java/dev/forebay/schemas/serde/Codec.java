package dev.forebay.schemas.serde;

import org.jspecify.annotations.Nullable;

/** The values of one topic, as bytes and as records. Safe for use by several threads. */
public interface Codec<T> {
    /**
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where a schema has to be looked up and no
     *     registry answers; the same call may succeed later
     */
    byte[] encode(T value);

    /**
     * The same for a value that was decoded, by a codec of the same type, and goes on as it came: its bytes, where they are
     * what this codec writes.
     *
     * @param bytes that the value was decoded from
     */
    default byte[] encode(T value, byte[] bytes) {
        return encode(value);
    }

    /**
     * Never throws for bad bytes, whatever they are.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException as in {@link #encode}
     */
    Decoded<T> decode(byte @Nullable [] bytes);
}
