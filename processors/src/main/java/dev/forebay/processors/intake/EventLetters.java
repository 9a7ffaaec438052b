package dev.forebay.processors.intake;

import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.EventHeader;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead letters of one event. The first keeps the original, with headers that make of it, where it is sent again,
 * the parts that are in dead letters and no other; the further ones tell its size and hash.
 */
final class EventLetters {
    private static final DeadLetters LETTERS = new DeadLetters(Stage.INTAKE);

    private final Taken taken;
    private final Event event;
    private final Instant now;
    private @Nullable String keeper;
    private @Nullable DeadLetter withoutValue;

    EventLetters(Taken taken, Event event, Instant now) {
        this.taken = taken;
        this.event = event;
        this.now = now;
    }

    /** @param tooLarge whether a letter with the original was refused by its topic before */
    DeadLetter of(Admission.Refused refused, boolean tooLarge) {
        String requestId = refused.envelope().requestId();
        Reason reason = refused.reason();
        boolean first = keeper == null;
        if (first) {
            keeper = requestId;
        }
        if (first && !tooLarge) {
            return LETTERS.of(toSendAgain(), reason, requestId, now);
        }
        String further = first ? "" : " The first dead letter of the event is that of " + keeper + ".";
        return withoutValue(new Reason(reason.code(), reason.message() + further), requestId);
    }

    /** Hashed once, however many parts there are. */
    private DeadLetter withoutValue(Reason reason, String requestId) {
        if (withoutValue == null) {
            withoutValue = LETTERS.withoutValue(event, reason, requestId, now);
            return withoutValue;
        }
        return DeadLetter.newBuilder(withoutValue)
                .setCode(reason.code().code())
                .setMessage(reason.message())
                .setRequestId(requestId)
                .build();
    }

    private Event toSendAgain() {
        if (taken.admissions().limit(2).count() == 1 && taken.inDeadLetters().isEmpty()) {
            return event;
        }
        List<EventHeader> headers = new ArrayList<>(event.headers());
        headers.removeIf(header -> header.name().equals(Headers.PARTS));
        if (!taken.inDeadLetters().isEmpty()) {
            headers.add(header(Headers.PARTS, PartNumbers.written(taken.inDeadLetters())));
        }
        if (event.header(Headers.REQUEST_ID).isEmpty()) {
            // The id of a part is not that of the event, which an id made of its position would not have again.
            headers.add(header(Headers.REQUEST_ID, taken.eventId()));
        }
        return new Event(event.position(), event.timestamp(), event.key(), event.value(), headers);
    }

    private static EventHeader header(String name, String value) {
        return new EventHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
