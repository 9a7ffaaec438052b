package dev.forebay.processors.confidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How sure it is that the label of a result is right. */
public sealed interface Confidence {
    /** For comparisons: not a number where nothing is known, so that none holds. */
    double value();

    /** The probability that the model's label is right; null where no calibration tells it. */
    default @Nullable Double calibrated() {
        return null;
    }

    /** Why it does not reach a threshold above 0; empty where it does. */
    Optional<String> doubt(double threshold);

    /** In words for a person; empty where there is nothing to say beside the score. */
    default Optional<String> described() {
        return Optional.empty();
    }

    /** The result has no label. */
    record None() implements Confidence {
        @Override
        public double value() {
            return Double.NaN;
        }

        @Override
        public Optional<String> doubt(double threshold) {
            return Optional.empty();
        }
    }

    /** The score as it is: the task has no calibration, or a person gave the label. */
    record Score(double value) implements Confidence {
        @Override
        public Optional<String> doubt(double threshold) {
            // Written so that a score that is not a number is in doubt as well.
            return value >= threshold
                    ? Optional.empty()
                    : Optional.of("The score " + value + " is below the threshold " + threshold + ".");
        }
    }

    /** By the calibration of the task. */
    record Calibrated(double score, double value) implements Confidence {
        @Override
        public @Nullable Double calibrated() {
            return Double.isNaN(value) ? null : value;
        }

        @Override
        public Optional<String> doubt(double threshold) {
            return value >= threshold
                    ? Optional.empty()
                    : Optional.of("The confidence " + value + ", of the score " + score + ", is below the threshold "
                            + threshold + ".");
        }

        @Override
        public Optional<String> described() {
            return Optional.of("score " + score + " is a confidence of " + value);
        }
    }

    /**
     * The calibration of the task is for another model.
     *
     * @param why in a sentence
     */
    record Unknown(String why) implements Confidence {
        @Override
        public double value() {
            return Double.NaN;
        }

        @Override
        public Optional<String> doubt(double threshold) {
            return Optional.of("Its confidence is unknown. " + why);
        }

        @Override
        public Optional<String> described() {
            return Optional.of("the confidence is unknown: " + why);
        }
    }
}
