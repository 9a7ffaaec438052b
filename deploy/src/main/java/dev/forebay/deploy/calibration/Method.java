package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import java.util.List;

/** A way to find a calibration. */
public enum Method {
    /** Two parameters: right where few examples say how the curve runs. */
    LOGISTIC("logistic scaling") {
        @Override
        Calibration fit(List<Judged> answers) {
            return LogisticFit.of(answers).over(answers);
        }
    },
    /** Any curve that does not fall: wants more examples. */
    ISOTONIC("isotonic regression") {
        @Override
        Calibration fit(List<Judged> answers) {
            return IsotonicFit.of(answers);
        }
    };

    private final String words;

    Method(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @param answers at least one, with their scores */
    abstract Calibration fit(List<Judged> answers);
}
