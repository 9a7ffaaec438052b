package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.format.Utf8;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The context of an event, as CloudEvents 1.0 has it.
 *
 * @param time within the years 1970 to 9999, to the millisecond
 */
record CloudEvent(String id, String source, String type, @Nullable String subject, @Nullable Instant time) {
    /** The attributes that a request has of it. */
    static final List<String> ATTRIBUTES = List.of("ce_type", "ce_source", "ce_subject");

    /** RFC 3339 has years of four digits. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Where the attributes of a context are looked up. */
    interface Attributes {
        /** Empty where the attribute is not there, or no string. */
        Optional<String> of(String name);
    }

    /** A context, or the name of the attribute that is wrong with it. */
    static Decoded<CloudEvent> read(Attributes attributes) {
        for (String required : new String[] {"specversion", "id", "source", "type"}) {
            if (attributes.of(required).filter(CloudEvent::isText).isEmpty()) {
                return wrong(required, "is missing, empty or no text");
            }
        }
        if (!attributes.of("specversion").orElseThrow().equals("1.0")) {
            return wrong("specversion", "is not 1.0");
        }
        if (attributes.of("source").orElseThrow().contains("|")) {
            return wrong("source", "has a bar, which no URI reference has");
        }
        if (attributes.of("subject").filter(subject -> !isText(subject)).isPresent()) {
            return wrong("subject", "is empty or no text");
        }
        Optional<String> time = attributes.of("time");
        Optional<Instant> instant = time.flatMap(CloudEvent::instant);
        if (time.isPresent() && instant.isEmpty()) {
            return wrong("time", "is not a time as RFC 3339 has it");
        }
        return new Decoded.Good<>(new CloudEvent(
                attributes.of("id").orElseThrow(),
                attributes.of("source").orElseThrow(),
                attributes.of("type").orElseThrow(),
                attributes.of("subject").orElse(null),
                instant.orElse(null)));
    }

    static <T> Decoded<T> wrong(String attribute, String problem) {
        return new Decoded.Bad<>(
                ReasonCode.MALFORMED,
                "The event's CloudEvents attribute " + attribute + " " + problem + ". Correct the event.");
    }

    /** Names the event where no header does, and tells its context on. */
    Envelope in(Envelope outer, Event event) {
        Envelope named =
                event.header(Headers.REQUEST_ID).filter(id -> !id.isBlank()).isPresent()
                        ? outer
                        // No source has a bar in it, so two events have the same id only where they are the same event.
                        : outer.withId(source + "|" + id);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("ce_type", type);
        told.put("ce_source", source);
        if (subject != null) {
            told.put("ce_subject", subject);
        }
        Envelope telling = named.withAttributes(told);
        return time == null ? telling : telling.issuedAt(time);
    }

    private static boolean isText(String text) {
        return !text.isBlank() && Utf8.canEncode(text);
    }

    private static Optional<Instant> instant(String time) {
        try {
            Instant instant =
                    Instant.from(DateTimeFormatter.ISO_INSTANT.parse(time)).truncatedTo(ChronoUnit.MILLIS);
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
                    ? Optional.empty()
                    : Optional.of(instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
