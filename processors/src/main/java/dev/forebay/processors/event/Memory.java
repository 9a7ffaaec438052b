package dev.forebay.processors.event;

import java.time.Instant;
import java.util.Optional;

/** The keys that came within a while. */
public interface Memory {
    /** What a key came with before; where it did not come, it is kept with its value and empty is given. */
    Optional<String> putIfAbsent(byte[] key, String value, Instant now);
}
