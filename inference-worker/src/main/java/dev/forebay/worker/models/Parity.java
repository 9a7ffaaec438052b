package dev.forebay.worker.models;

/**
 * How an imported model compares with its source.
 *
 * @param reference the engine that ran the source, with its version
 * @param texts how many texts were compared
 * @param largestDifference of any component of two normalised vectors
 * @param meanCosine of the two vectors of each text
 */
public record Parity(String reference, int texts, double largestDifference, double meanCosine) {
    private static final double FP32_BOUND = 1e-4;
    private static final double BF16_COSINE = 0.999;

    static final Parity NOT_MEASURED = new Parity("", 0, 0, 0);

    /** fp32 has to give the same numbers; bf16 the same directions. NaN is never within. */
    boolean within(Precision precision) {
        return precision == Precision.FP32 ? largestDifference < FP32_BOUND : meanCosine > BF16_COSINE;
    }

    static String bound(Precision precision) {
        return precision == Precision.FP32 ? "a difference below " + FP32_BOUND : "a mean cosine above " + BF16_COSINE;
    }
}
