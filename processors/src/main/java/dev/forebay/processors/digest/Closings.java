package dev.forebay.processors.digest;

import java.time.Instant;
import java.util.List;

/** The windows that were closed within the last days. */
interface Closings {
    void add(WindowKey key, Span span, Instant now);

    /** Those of a group whose id lies between two, both of which belong to it. */
    List<Span> between(Group group, Span ids, Instant now);
}
