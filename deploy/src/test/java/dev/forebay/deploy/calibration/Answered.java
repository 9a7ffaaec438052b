package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Answers of a model whose scores are right with a probability that the test knows. */
final class Answered {
    private Answered() {}

    /** Scores between 0.1 and 1. */
    static List<Judged> with(DoubleUnaryOperator probability, int size, long seed) {
        Random random = new Random(seed);
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double score = 0.1 + 0.9 * random.nextDouble();
            answers.add(new Judged(score, random.nextDouble() < probability.applyAsDouble(score)));
        }
        return answers;
    }

    /** Ties and all: scores of few values. */
    static List<Judged> coarse(int size, int values, Random random) {
        List<Judged> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            answers.add(new Judged(random.nextInt(values + 1) / (double) values, random.nextBoolean()));
        }
        return answers;
    }
}
