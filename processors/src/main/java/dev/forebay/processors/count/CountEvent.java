package dev.forebay.processors.count;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is counted.
 *
 * @param name the label of an answer that has one, the code of a rejection; else empty
 * @param time in milliseconds since 1970
 */
record CountEvent(Subject subject, Kind kind, String name, long time) {
    /** For tasks that are not configured: whoever sends requests could make up any number of names. */
    static final String UNKNOWN = "unknown";

    enum Kind {
        ANSWER,
        REVIEW,
        REJECTION
    }

    /** What the worker answered. */
    static CountEvent answer(Result outcome, Set<String> tasks) {
        String label = outcome.getOutcome() instanceof Classification found ? found.getLabel() : "";
        return new CountEvent(
                subject(outcome, tasks),
                Kind.ANSWER,
                label,
                outcome.getCompletedAt().toEpochMilli());
    }

    /** An answer that a person has to look at; empty for one that a route has sent to the same topic. */
    static Optional<CountEvent> review(Result result, Set<String> tasks) {
        boolean waits = result.getVerdict() != null && result.getVerdict().getDecision() == Decision.REVIEW;
        return waits
                ? Optional.of(new CountEvent(
                        subject(result, tasks),
                        Kind.REVIEW,
                        "",
                        result.getCompletedAt().toEpochMilli()))
                : Optional.empty();
    }

    static CountEvent rejection(Rejection rejection, Set<String> tasks) {
        return new CountEvent(
                new Subject(rejection.getTenant(), known(rejection.getTask(), tasks)),
                Kind.REJECTION,
                rejection.getCode(),
                rejection.getRejectedAt().toEpochMilli());
    }

    private static Subject subject(Result result, Set<String> tasks) {
        return new Subject(result.getTenant(), known(result.getTask(), tasks));
    }

    private static String known(String task, Set<String> tasks) {
        return tasks.contains(task) ? task : UNKNOWN;
    }
}
