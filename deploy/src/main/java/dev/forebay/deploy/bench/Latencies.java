package dev.forebay.deploy.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Latencies in milliseconds.
 *
 * @param curve percentiles from the median to the maximum, as they are plotted
 */
record Latencies(long count, double p50, double p90, double p99, double max, List<Point> curve) {
    private static final double MICROS = 1e3;
    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.9, 100};

    /** So many percent took no longer than this. */
    record Point(double percentile, double millis) {}

    static Latencies of(Histogram micros) {
        List<Point> curve = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            curve.add(new Point(percentile, at(micros, percentile)));
        }
        return new Latencies(
                micros.getTotalCount(), at(micros, 50), at(micros, 90), at(micros, 99), at(micros, 100), curve);
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS;
    }
}
