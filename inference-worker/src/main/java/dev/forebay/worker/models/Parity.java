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
    private static final double EXACT_DIFFERENCE = 1e-4;
    private static final double SAME_COSINE = 0.999;
    /** Below it something is broken and not just coarse. */
    private static final double USABLE_COSINE = 0.95;

    static final Parity NOT_MEASURED = new Parity("", 0, 0, 0);

    public boolean measured() {
        return texts > 0;
    }

    /**
     * Whether the model may stand in for its source without being asked for by name: exact variants have to give the
     * same numbers, the others the same directions. NaN is never within.
     */
    public boolean isWithin(Variant variant) {
        return variant.isExact() ? largestDifference < EXACT_DIFFERENCE : meanCosine >= SAME_COSINE;
    }

    /** Whether the model may be used where a person named it. */
    boolean isUsable(Variant variant) {
        return variant.isExact() ? isWithin(variant) : meanCosine >= USABLE_COSINE;
    }

    /** What {@link #isWithin} asks. */
    public static String bound(Variant variant) {
        return variant.isExact() ? "a difference below " + EXACT_DIFFERENCE : "a mean cosine of " + SAME_COSINE;
    }

    /** What {@link #isUsable} asks. */
    static String usable(Variant variant) {
        return variant.isExact() ? bound(variant) : "a mean cosine of " + USABLE_COSINE;
    }
}
