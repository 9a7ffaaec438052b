package dev.forebay.processors.intake;

import dev.forebay.schemas.ReasonCode.Category;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What came of one event: the admissions of each of its parts. */
record Taken(String eventId, List<Part> parts) {
    /** @param number from 1; 0 for an event that is not taken apart */
    record Part(int number, List<Admission> admissions) {
        boolean hasDeadLetter() {
            return admissions.stream()
                    .anyMatch(admission -> admission.fold(
                            admitted -> false,
                            refused -> refused.reason().code().category() == Category.DEAD_LETTER));
        }
    }

    /** Of an event that is one request, or none. */
    static Taken whole(Admission admission) {
        String id = admission.fold(admitted -> admitted.request().getRequestId(), refused -> refused.envelope()
                .requestId());
        return new Taken(id, List.of(new Part(0, List.of(admission))));
    }

    Taken map(UnaryOperator<Admission> step) {
        return new Taken(
                eventId,
                parts.stream()
                        .map(part -> new Part(
                                part.number(),
                                part.admissions().stream().map(step).toList()))
                        .toList());
    }

    Stream<Admission> admissions() {
        return parts.stream().flatMap(part -> part.admissions().stream());
    }

    /** The parts that an original is kept for; none where the event was not taken apart. */
    List<Integer> inDeadLetters() {
        return parts.stream()
                .filter(part -> part.number() > 0 && part.hasDeadLetter())
                .map(Part::number)
                .toList();
    }
}
