package dev.forebay.processors.event;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record as it was read from a topic. The arrays are the record's own: nobody writes to them. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed on as they came, never compared
public record Event(
        Position position,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<EventHeader> headers) {

    /** Where a record stands; the same after a restart, so a name made of it is stable. */
    public record Position(String topic, int partition, long offset) {
        /** The position that a text names; empty where it names none. */
        public static Optional<Position> read(String text) {
            int second = text.lastIndexOf('-');
            int first = second < 0 ? -1 : text.lastIndexOf('-', second - 1);
            try {
                return first < 1
                        ? Optional.empty()
                        : Optional.of(new Position(
                                text.substring(0, first),
                                Integer.parseInt(text.substring(first + 1, second)),
                                Long.parseLong(text.substring(second + 1))));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return topic + "-" + partition + "-" + offset;
        }
    }

    /** The text of the last header with this name, as Kafka's own lookup does it; empty where there is none. */
    public Optional<String> header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            byte[] value = headers.get(i).value();
            if (value != null && headers.get(i).name().equals(name)) {
                return Optional.of(new String(value, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** How many bytes every record has from this one that is made of it: those of its key and headers. */
    public long carriedBytes() {
        long bytes = key == null ? 0 : key.length;
        for (EventHeader header : headers) {
            bytes += header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** How often the record was tried, with this attempt. */
    public int attempts() {
        return Attempts.with(header(Headers.ATTEMPTS));
    }

    /** The record's own timestamp, or now where it lies in the future: brokers refuse those of more than an hour. */
    public Instant timestampUntil(Instant now) {
        return timestamp.isAfter(now) ? now : timestamp;
    }
}
