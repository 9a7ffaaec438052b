package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Utf8;
import dev.forebay.processors.format.Value;
import dev.forebay.processors.intake.Taken.Division;
import dev.forebay.processors.intake.Taken.Part;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes requests of what stands at the places of an event: one, or one for each element of an array, and of each of these
 * one for each task.
 */
final class FieldMapping {
    private final Source.Stamp stamp;
    private final Source.Fields fields;
    private final long mostChars;

    /** @param mostChars that all requests of an event which is taken apart may have together */
    FieldMapping(Source.Stamp stamp, Source.Fields fields, long mostChars) {
        this.stamp = stamp;
        this.fields = fields;
        this.mostChars = mostChars;
    }

    /** @param record that the event came as */
    Taken map(Value event, Envelope outer, Event record) {
        Map<String, Place> ofEvent =
                fields.each() == null ? Map.of() : fields.each().ofEvent();
        Envelope named = named(event, outer);
        Map<String, String> attributes = Place.texts(ofEvent, event);
        if (!Utf8.canEncode(named.requestId()) || !areEncodable(attributes)) {
            return Taken.whole(halfAPair(outer));
        }
        Envelope envelope = named.withAttributes(attributes);
        return stamp.tenant()
                .of(event)
                .fold(
                        good -> parts(event, envelope.withTenant(good.value()), record),
                        bad -> Taken.whole(envelope.refuse(bad.code(), bad.message())));
    }

    private Taken parts(Value event, Envelope envelope, Event record) {
        Each each = fields.each();
        if (each == null) {
            return new Taken(envelope.requestId(), List.of(part(0, event, envelope)), Optional.empty());
        }
        return each.array(event)
                .fold(
                        good -> takenApart(good.value(), envelope, record),
                        bad -> Taken.whole(envelope.refuse(bad.code(), bad.message())));
    }

    private Taken takenApart(Value array, Envelope envelope, Event record) {
        int size = array.size();
        List<Integer> numbers =
                record.header(Headers.PARTS).flatMap(PartNumbers::read).orElseGet(() -> PartNumbers.upTo(size)).stream()
                        .filter(number -> number >= 1 && number <= size)
                        .toList();
        if (numbers.isEmpty()) {
            return Taken.whole(envelope.refuse(
                    ReasonCode.INVALID_REQUEST,
                    "The header " + Headers.PARTS + " names no element of the array, which has " + size + "."));
        }
        long carried = record.carriedBytes();
        long chars = 0;
        List<Part> parts = new ArrayList<>();
        for (int number : numbers) {
            Part part = part(number, array.element(number - 1), envelope.ofPart(number, size));
            parts.add(part);
            for (Admission admission : part.admissions()) {
                chars += carried + length(admission);
            }
            if (chars > mostChars) {
                return tooMuch(envelope);
            }
        }
        return new Taken(
                envelope.requestId(),
                parts,
                Optional.of(new Division(size, stamp.tasks().several())));
    }

    private Taken tooMuch(Envelope envelope) {
        return Taken.whole(
                envelope.refuse(
                        ReasonCode.RECORD_TOO_LARGE,
                        "The requests of the event have over " + mostChars
                                + " characters together, where key, headers and attributes count with each. Divide the event."));
    }

    private Part part(int number, Value value, Envelope outer) {
        Map<String, String> attributes = Place.texts(fields.attributes(), value);
        List<Admission> admissions = areEncodable(attributes)
                ? admissions(value, outer.withAttributes(attributes))
                : List.of(halfAPair(outer));
        return new Part(
                number,
                number == 0
                        ? admissions
                        : admissions.stream()
                                .<Admission>map(admission ->
                                        admission.fold(admitted -> admitted, refused -> refused.inPart(number)))
                                .toList());
    }

    private List<Admission> admissions(Value value, Envelope envelope) {
        return stamp.tasks()
                .of(value)
                .fold(
                        tasks -> fields.text()
                                .in(value)
                                .fold(
                                        text -> requests(text.value(), tasks.value(), envelope),
                                        bad -> List.of(envelope.refuse(bad.code(), bad.message()))),
                        bad -> List.of(envelope.refuse(bad.code(), bad.message())));
    }

    private List<Admission> requests(String text, List<String> tasks, Envelope envelope) {
        if (tasks.size() == 1) {
            return List.of(request(text, envelope.withTask(tasks.get(0))));
        }
        return tasks.stream()
                .<Admission>map(
                        task -> request(text, envelope.withTask(task).withId(envelope.requestId() + "/" + task)))
                .toList();
    }

    private Admission request(String text, Envelope envelope) {
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

    private Envelope named(Value event, Envelope outer) {
        Value found = fields.id() == null ? Value.ABSENT : fields.id().in(event);
        String id = found.kind().isScalar() ? found.printed() : "";
        return id.isBlank() ? outer : outer.withId(id);
    }

    private static boolean areEncodable(Map<String, String> attributes) {
        return attributes.values().stream().allMatch(Utf8::canEncode);
    }

    private static Admission halfAPair(Envelope envelope) {
        return envelope.refuse(
                ReasonCode.INVALID_UTF8,
                "The id or an attribute has half a surrogate pair, which UTF-8 cannot hold. Correct the escape in the"
                        + " event.");
    }

    private static long length(Admission admission) {
        return admission.fold(
                admitted -> admitted.request().getText().length()
                        + Envelope.whole(admitted.request()).length(),
                refused -> refused.envelope().length());
    }
}
