package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Confidences of examples by calibrations that have not seen them. */
final class CrossValidation {
    static final int FOLDS = 10;

    private CrossValidation() {}

    /**
     * The answers with their calibrated confidence, in their order: each by the calibration that the other nine tenths
     * give.
     *
     * @param answers with their scores, at least {@link #FOLDS}, no two of the same text
     */
    static List<Judged> calibrated(List<Judged> answers, Method method, long seed) {
        List<Integer> folds = folds(answers.size(), seed);
        List<Judged> calibrated = new ArrayList<>(answers);
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Judged> others = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (folds.get(i) != fold) {
                    others.add(answers.get(i));
                }
            }
            Calibration calibration = method.fit(others);
            for (int i = 0; i < answers.size(); i++) {
                if (folds.get(i) == fold) {
                    Judged answer = answers.get(i);
                    calibrated.set(i, new Judged(calibration.probability(answer.confidence()), answer.isRight()));
                }
            }
        }
        return calibrated;
    }

    /** The fold of each example; of every fold as many as of the others, or one more. */
    static List<Integer> folds(int size, long seed) {
        List<Integer> folds = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            folds.add(i % FOLDS);
        }
        Collections.shuffle(folds, new Random(seed));
        return folds;
    }
}
