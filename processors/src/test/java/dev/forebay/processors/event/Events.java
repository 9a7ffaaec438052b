package dev.forebay.processors.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes events for tests: topic {@code events}, partition 2, offset 41, a minute before {@link #NOW}. */
public final class Events {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final Instant STAMP = NOW.minusSeconds(60);

    private Events() {}

    public static Event of(byte @Nullable [] value, String... headers) {
        return at(STAMP, value, headers);
    }

    public static Event of(String value, String... headers) {
        return of(bytes(value), headers);
    }

    /** @param headers names and values by turns */
    public static Event at(Instant timestamp, byte @Nullable [] value, String... headers) {
        List<EventHeader> list = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            list.add(new EventHeader(headers[i], bytes(headers[i + 1])));
        }
        return new Event(new Event.Position("events", 2, 41), timestamp, null, value, list);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
