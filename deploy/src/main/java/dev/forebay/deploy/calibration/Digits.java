package dev.forebay.deploy.calibration;

/** Figures of a calibration have six digits, in the file as in every estimate. */
final class Digits {
    private static final double SCALE = 1e6;

    private Digits() {}

    static double rounded(double value) {
        return Math.rint(value * SCALE) / SCALE;
    }

    /** Not above the value. */
    static double floor(double value) {
        return Math.floor(value * SCALE) / SCALE;
    }
}
