package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.time.Instant;

/** Maps the events of one source to requests: what is in an event, not whether it is wanted. */
final class EventMapping {
    private final Source.Stamp stamp;
    private final ValueReader reader;

    private EventMapping(Source.Stamp stamp, ValueReader reader) {
        this.stamp = stamp;
        this.reader = reader;
    }

    /** Events of which configured fields become a request. */
    static EventMapping ofFields(Source.Stamp stamp, EventFormat format) {
        return new EventMapping(stamp, (value, envelope) -> format.read(value)
                .fold(
                        good -> request(good.value(), envelope, stamp),
                        bad -> envelope.refuse(bad.code(), bad.message())));
    }

    /** Events that are requests already. */
    static EventMapping ofRequests(Source.Stamp stamp, RequestFormat format) {
        return new EventMapping(stamp, format::read);
    }

    /** What is known of an event before its value is read. */
    Envelope envelope(Event event, Instant now) {
        return Envelope.of(event, stamp, now);
    }

    Admission map(Event event, Envelope envelope) {
        byte[] value = event.value();
        if (value == null) {
            return envelope.refuse(
                    ReasonCode.NULL_VALUE, "The record has no value. A request cannot be deleted; send a text.");
        }
        if (value.length == 0) {
            return envelope.refuse(ReasonCode.EMPTY_TEXT, "The value has no bytes. Send a text.");
        }
        return reader.read(value, envelope);
    }

    private static Admission request(Extract extract, Envelope outer, Source.Stamp stamp) {
        String id = extract.id();
        Envelope named = id == null || id.isBlank() ? outer : outer.withId(id);
        Envelope envelope = named.withAttributes(extract.attributes());
        return extract.text()
                .fold(
                        text -> admitted(text.value(), envelope, stamp),
                        bad -> envelope.refuse(bad.code(), bad.message()));
    }

    private static Admission admitted(String text, Envelope envelope, Source.Stamp stamp) {
        Duration life = stamp.expiresAfter();
        return new Admission.Admitted(new Request(
                envelope.requestId(),
                envelope.task(),
                envelope.tenant(),
                text,
                envelope.attributes(),
                stamp.lane(),
                envelope.issuedAt(),
                life == null ? null : envelope.issuedAt().plus(life)));
    }

    /** Reads a value of at least one byte. */
    private interface ValueReader {
        Admission read(byte[] value, Envelope envelope);
    }
}
