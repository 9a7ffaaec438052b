package dev.forebay.processors.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries in the order of their keys, unsigned byte by byte. */
public interface Shelf {
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Entry(byte[] key, byte[] value) {}

    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value, Instant now);

    void remove(byte[] key);

    /** The first entries from one key to another, both of which belong to it. */
    List<Entry> range(byte[] from, byte[] to, int most);

    /** The last of them. */
    Optional<Entry> last(byte[] from, byte[] to);
}
