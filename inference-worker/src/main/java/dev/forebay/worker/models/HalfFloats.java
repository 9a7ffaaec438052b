package dev.forebay.worker.models;

/** The two 16-bit forms of a float, each rounded to the nearest, ties to even; NaN stays NaN. */
final class HalfFloats {
    private static final int LARGEST_EXPONENT = 15;
    private static final int SMALLEST_EXPONENT = -14;
    private static final int DROPPED = 13;

    private HalfFloats() {}

    /** The upper half of a float. */
    static short bf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        int tieToEven = 0x7fff + ((bits >>> 16) & 1);
        return (short) ((bits + tieToEven) >>> 16);
    }

    /** IEEE 754 binary16; what is beyond its range becomes infinite. */
    static short fp16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        int exponent = Math.getExponent(value);
        if (exponent > LARGEST_EXPONENT) {
            return (short) (sign | 0x7c00);
        }
        if (exponent < SMALLEST_EXPONENT) {
            return (short) (sign | (int) Math.rint(Math.scalb(Math.abs((double) value), 24)));
        }
        int kept = ((exponent + LARGEST_EXPONENT) << 23) | (bits & 0x7fffff);
        int tieToEven = (1 << (DROPPED - 1)) - 1 + ((kept >>> DROPPED) & 1);
        // a carry out of the fraction goes to the exponent, and from the largest to infinity
        return (short) (sign | ((kept + tieToEven) >>> DROPPED));
    }
}
