package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import java.util.List;

/**
 * The probabilities that a fit aims at for answers that were right and wrong, a little off 1 and 0 (Platt 1999): so that no
 * finite sample makes a calibration certain.
 */
record Targets(double right, double wrong) {
    static Targets of(List<Judged> answers) {
        long right = answers.stream().filter(Judged::isRight).count();
        long wrong = answers.size() - right;
        return new Targets((right + 1.0) / (right + 2.0), 1.0 / (wrong + 2.0));
    }

    /** A probability held between them. */
    double held(double probability) {
        return Math.max(wrong, Math.min(right, probability));
    }

    double of(Judged answer) {
        return answer.isRight() ? right : wrong;
    }
}
