package dev.forebay.processors.intake;

import dev.forebay.processors.completion.EventKey;
import dev.forebay.processors.completion.PartKey;
import dev.forebay.processors.completion.TakenApart;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.schemas.ReasonCode.Category;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What came of one event: the admissions of each of its parts.
 *
 * @param division empty where it was not taken apart
 */
record Taken(String eventId, List<Part> parts, Optional<Division> division) {
    /**
     * How an event was taken apart.
     *
     * @param elements of its array, whether they were taken or not
     * @param tasks that each of them is for; empty where each is one request
     */
    record Division(int elements, List<String> tasks) {}

    /** @param number from 1; 0 for an event that is not taken apart */
    record Part(int number, List<Admission> admissions) {
        /** Whether it was refused before it was a request for each task. */
        boolean isUndivided(String eventId) {
            return admissions.stream()
                    .map(admission ->
                            admission.fold(admitted -> admitted.request().getRequestId(), refused -> refused.envelope()
                                    .requestId()))
                    .anyMatch(new PartKey(number, "").requestId(eventId)::equals);
        }

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
        return new Taken(id, List.of(new Part(0, List.of(admission))), Optional.empty());
    }

    Taken map(UnaryOperator<Admission> step) {
        return new Taken(
                eventId,
                parts.stream()
                        .map(part -> new Part(
                                part.number(),
                                part.admissions().stream().map(step).toList()))
                        .toList(),
                division);
    }

    Stream<Admission> admissions() {
        return parts.stream().flatMap(part -> part.admissions().stream());
    }

    /** The event by which its parts know one another; empty where it was not taken apart. */
    Optional<EventKey> event() {
        return division.flatMap(any -> admissions().findFirst())
                .map(admission ->
                        admission.fold(admitted -> admitted.request().getTenant(), refused -> refused.envelope()
                                .tenant()))
                .map(tenant -> new EventKey(tenant, eventId));
    }

    /** That it was taken apart; empty where it was not. */
    Optional<TakenApart> apart(Position at) {
        return division.map(how -> {
            SortedSet<Integer> taken = new TreeSet<>();
            SortedSet<Integer> undivided = new TreeSet<>();
            for (Part part : parts) {
                taken.add(part.number());
                if (!how.tasks.isEmpty() && part.isUndivided(eventId)) {
                    undivided.add(part.number());
                }
            }
            return new TakenApart(at, how.elements, how.tasks, taken, undivided);
        });
    }

    /** The parts that an original is kept for; none where the event was not taken apart. */
    List<Integer> inDeadLetters() {
        return parts.stream()
                .filter(part -> part.number() > 0 && part.hasDeadLetter())
                .map(Part::number)
                .toList();
    }
}
