package dev.forebay.processors.verdict;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import java.util.Map;
import java.util.Set;

/**
 * What a route asks of a result; every part that is given has to hold.
 *
 * @param tasks any of them; empty for every task
 * @param labels any of them; empty for every outcome, otherwise only classifications match
 * @param attributes equal, name by name
 */
record Condition(Set<String> tasks, Set<String> labels, Scores scores, Map<String, String> attributes) {

    /** A range of scores, the lower end in it and the upper end not. */
    record Scores(double atLeast, double below) {
        static final Scores ALL = new Scores(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        boolean isBound() {
            return !equals(ALL);
        }

        boolean contains(double score) {
            return score >= atLeast && score < below;
        }
    }

    Condition {
        tasks = Set.copyOf(tasks);
        labels = Set.copyOf(labels);
        attributes = Map.copyOf(attributes);
    }

    boolean holds(Result result) {
        return (tasks.isEmpty() || tasks.contains(result.getTask()))
                && result.getAttributes().entrySet().containsAll(attributes.entrySet())
                && holdsForOutcome(result.getOutcome());
    }

    private boolean holdsForOutcome(Object outcome) {
        if (labels.isEmpty() && !scores.isBound()) {
            return true;
        }
        return outcome instanceof Classification classification
                && (labels.isEmpty() || labels.contains(classification.getLabel()))
                && scores.contains(classification.getScore());
    }
}
