package dev.forebay.worker.task;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses the sentences of a summary: near to the centroid of all, slightly rather from the beginning, and unlike those
 * that were chosen before. Maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998.
 */
final class SentenceChoice {
    /** Weight of relevance against novelty. */
    private static final double LAMBDA = 0.7;

    /** What the first sentence gains; the next gains half of it, the third a third. */
    private static final double POSITION = 0.1;

    /** From this cosine on a sentence is a copy of one that was chosen, and comes only when nothing else is left. */
    private static final double COPY = 0.95;

    private SentenceChoice() {}

    /** The indices of at most {@code count} sentences, ascending. */
    static List<Integer> choose(List<float[]> vectors, int count) {
        if (vectors.size() <= count) {
            return IntStream.range(0, vectors.size()).boxed().toList();
        }
        double[] relevance = relevance(vectors);
        double[] likeness = new double[vectors.size()];
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            int best = best(relevance, likeness, chosen);
            chosen.add(best);
            for (int i = 0; i < likeness.length; i++) {
                likeness[i] = Math.max(likeness[i], Vectors.cosine(vectors.get(i), vectors.get(best)));
            }
        }
        return chosen.stream().sorted().toList();
    }

    private static int best(double[] relevance, double[] likeness, List<Integer> chosen) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < relevance.length; i++) {
            double copied = likeness[i] >= COPY ? 2 : 0;
            double value = LAMBDA * relevance[i] - (1 - LAMBDA) * likeness[i] - copied;
            if (value > highest && !chosen.contains(i)) {
                highest = value;
                best = i;
            }
        }
        return best;
    }

    private static double[] relevance(List<float[]> vectors) {
        float[] centroid = new float[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < centroid.length; i++) {
                centroid[i] += vector[i];
            }
        }
        double[] relevance = new double[vectors.size()];
        for (int i = 0; i < relevance.length; i++) {
            relevance[i] = Vectors.cosine(vectors.get(i), centroid) + POSITION / (i + 1);
        }
        return relevance;
    }
}
