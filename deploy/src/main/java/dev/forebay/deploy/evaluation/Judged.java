package dev.forebay.deploy.evaluation;

/**
 * What a model said of an example whose label is known.
 *
 * @param confidence that the label is right, 0 to 1: a score or a probability
 */
public record Judged(double confidence, boolean isRight) {
    double outcome() {
        return isRight ? 1 : 0;
    }
}
