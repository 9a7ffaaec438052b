package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes requests of what stands at the places of an event. */
final class FieldMapping {
    private final Source.Stamp stamp;
    private final Source.Fields fields;

    FieldMapping(Source.Stamp stamp, Source.Fields fields) {
        this.stamp = stamp;
        this.fields = fields;
    }

    Admission map(Value event, Envelope outer) {
        String id = idOf(event);
        Envelope envelope = (id == null ? outer : outer.withId(id)).withAttributes(found(fields.attributes(), event));
        if (!envelope.isEncodable()) {
            return outer.refuse(
                    ReasonCode.INVALID_UTF8,
                    "The id or an attribute has half a surrogate pair, which UTF-8 cannot hold. Correct the escape in the"
                            + " event.");
        }
        return fields.text()
                .in(event)
                .fold(good -> admitted(good.value(), envelope), bad -> envelope.refuse(bad.code(), bad.message()));
    }

    private @Nullable String idOf(Value event) {
        if (fields.id() == null) {
            return null;
        }
        Value found = fields.id().in(event);
        String id = found.kind().isScalar() ? found.printed() : "";
        return id.isBlank() ? null : id;
    }

    private Admission admitted(String text, Envelope envelope) {
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

    /** What has a text form; bytes have none. */
    private static Map<String, String> found(Map<String, Place> places, Value event) {
        Map<String, String> attributes = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            Value found = place.in(event);
            if (!found.kind().isNothing() && found.kind() != Value.Kind.BYTES) {
                attributes.put(name, found.printed());
            }
        });
        return attributes;
    }
}
