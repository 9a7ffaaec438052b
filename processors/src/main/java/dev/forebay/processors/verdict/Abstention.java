package dev.forebay.processors.verdict;

import dev.forebay.processors.confidence.Confidence;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps classifications that the model is not sure of from being released.
 *
 * @param below the confidence that a classification needs; 0 for no such bound
 * @param byTask the same for single tasks, which wins
 */
record Abstention(double below, Map<String, Double> byTask) {
    Abstention {
        byTask = Map.copyOf(byTask);
    }

    /** Why a person should look at a result; empty where nobody has to. */
    Optional<String> reasonToReview(String task, Confidence confidence) {
        double threshold = byTask.getOrDefault(task, below);
        return threshold <= 0 ? Optional.empty() : confidence.doubt(threshold);
    }
}
