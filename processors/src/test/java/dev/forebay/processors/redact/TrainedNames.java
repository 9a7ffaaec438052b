package dev.forebay.processors.redact;

import dev.forebay.processors.names.NameModel;
import dev.forebay.processors.names.NameTraining;
import dev.forebay.processors.names.UnfitModelException;

/** The model that was trained on the generated texts with names, and a redactor that has it. */
final class TrainedNames {
    /** Of the texts to train with; those that are measured have others. */
    private static final long SEED = 1;

    private static final int TEXTS = 4_000;
    private static final NameModel MODEL = model();

    private TrainedNames() {}

    static Detector detector() {
        return new NameDetector("name", MODEL::find, "person", 0);
    }

    private static NameModel model() {
        try {
            return NameModel.read(NameTraining.train(NameTexts.examples(SEED, TEXTS)));
        } catch (UnfitModelException e) {
            throw new AssertionError(e);
        }
    }
}
