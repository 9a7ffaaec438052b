package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.Result;
import java.util.List;

/** How alike two contenders' answers are; nobody wins by doing less work. */
final class Likeness {
    /** The bar that a variant has to pass as well: mean cosine to the source. */
    private static final double LOWEST_MEAN = 0.999;

    private Likeness() {}

    /**
     * The lowest cosine between the vectors of one text.
     *
     * @throws FailedException where the answers are not the same but for rounding
     */
    static double lowest(String contender, float[][] expected, float[][] found) {
        double lowest = 1;
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            double cosine = cosine(expected[i], found[i]);
            lowest = Math.min(lowest, cosine);
            sum += cosine;
        }
        if (!(sum / found.length >= LOWEST_MEAN)) {
            throw new FailedException(contender + " gave other answers than the engine alone: their mean cosine is "
                    + sum / found.length + " where at least " + LOWEST_MEAN + " belongs.");
        }
        return lowest;
    }

    static float[] vector(Result result) {
        List<Float> values = ((Embedding) result.getOutcome()).getVector();
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get(i);
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }
}
