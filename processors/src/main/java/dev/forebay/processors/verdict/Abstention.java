package dev.forebay.processors.verdict;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps classifications that the model is not sure of from being released.
 *
 * @param below the score that a classification needs; 0 for no such bound
 * @param byTask the same for single tasks, which wins
 */
record Abstention(double below, Map<String, Double> byTask) {
    Abstention {
        byTask = Map.copyOf(byTask);
    }

    /** Why a person should look at a result; empty where nobody has to. */
    Optional<String> reasonToReview(Result result) {
        if (!(result.getOutcome() instanceof Classification classification)) {
            return Optional.empty();
        }
        double threshold = byTask.getOrDefault(result.getTask(), below);
        double score = classification.getScore();
        // Written so that a score that is not a number is reviewed as well.
        if (threshold <= 0 || score >= threshold) {
            return Optional.empty();
        }
        return Optional.of("The score " + score + " is below the threshold " + threshold + ".");
    }
}
