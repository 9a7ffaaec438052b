package dev.forebay.processors.intake;

import dev.forebay.processors.completion.EventKey;
import dev.forebay.processors.completion.PartKey;
import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** All of a request but its text: what is known of an event before, or without, reading its value. */
record Envelope(String requestId, String task, String tenant, Map<String, String> attributes, Instant issuedAt) {
    /** The attributes of a request that was one part of an event: its number from 1, and how many there are. */
    static final String PART = EventKey.PART;

    static final String PARTS = EventKey.PARTS;

    /** By header, the attributes that the archive reader gives an event. */
    static final Map<String, String> ATTRIBUTE_HEADERS =
            Map.of(Headers.FILE, "file", Headers.LINE, "line", Headers.RECORD, "record");

    /** From the headers where they name the request, else from the event's position, which a restart does not change. */
    static Envelope of(Event event, Source.Stamp stamp, Instant now) {
        String id = event.header(Headers.REQUEST_ID)
                .filter(header -> !header.isBlank())
                .orElseGet(() -> event.position().toString());
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE_HEADERS.forEach(
                (header, name) -> event.header(header).ifPresent(value -> attributes.put(name, value)));
        return new Envelope(id, stamp.tasks().unread(), stamp.tenant().unread(), attributes, event.timestampUntil(now));
    }

    /** The envelope of a request that came ready-made; what its sender left out is filled in from this one. */
    Envelope completing(Request request) {
        return new Envelope(
                request.getRequestId().isBlank() ? requestId : request.getRequestId(),
                request.getTask(),
                request.getTenant().isBlank() ? tenant : request.getTenant(),
                and(request.getAttributes()),
                request.getIssuedAt().isAfter(issuedAt) ? issuedAt : request.getIssuedAt());
    }

    /** The envelope of a request that lacks nothing. */
    static Envelope whole(Request request) {
        return new Envelope(
                request.getRequestId(),
                request.getTask(),
                request.getTenant(),
                request.getAttributes(),
                request.getIssuedAt());
    }

    Envelope withId(String id) {
        return new Envelope(id, task, tenant, attributes, issuedAt);
    }

    Envelope withTask(String name) {
        return new Envelope(requestId, name, tenant, attributes, issuedAt);
    }

    Envelope withTenant(String name) {
        return new Envelope(requestId, task, name, attributes, issuedAt);
    }

    /** The envelope of an event that was issued then; an event is not issued after its record. */
    Envelope issuedAt(Instant time) {
        return time.isAfter(issuedAt) ? this : new Envelope(requestId, task, tenant, attributes, time);
    }

    /** The envelope of one part of an event; its id tells its index from 0. */
    Envelope ofPart(int number, int parts) {
        return withId(new PartKey(number, "").requestId(requestId))
                .withAttributes(Map.of(PART, String.valueOf(number), PARTS, String.valueOf(parts)));
    }

    Envelope withAttributes(Map<String, String> more) {
        return more.isEmpty() ? this : new Envelope(requestId, task, tenant, and(more), issuedAt);
    }

    /** How many chars it has. */
    long length() {
        long length = (long) requestId.length() + task.length() + tenant.length();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            length += (long) attribute.getKey().length() + attribute.getValue().length();
        }
        return length;
    }

    /** What may go on in a rejection. */
    Envelope redactedBy(Redaction redaction) {
        return new Envelope(requestId, task, tenant, redaction.redact(attributes, tenant), issuedAt);
    }

    Admission.Refused refuse(ReasonCode code, String message) {
        return refuse(new Reason(code, message));
    }

    Admission.Refused refuse(Reason reason) {
        return new Admission.Refused(reason, this);
    }

    private Map<String, String> and(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.putAll(more);
        return all;
    }
}
