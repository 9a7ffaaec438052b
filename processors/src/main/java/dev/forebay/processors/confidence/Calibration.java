package dev.forebay.processors.confidence;

import java.util.List;

/**
 * A map from the score of a label to the probability that the label is right: linear between its points, level beyond the
 * first and the last, never falling.
 *
 * @param points at least one, of scores that rise and probabilities that do not fall, all of them 0 to 1
 */
public record Calibration(List<Point> points) {
    /** As many as anybody needs; each result is looked up among them. */
    public static final int MOST_POINTS = 1_000;

    /** @param probability that a label of this score is right */
    public record Point(double score, double probability) {}

    /** @throws IllegalArgumentException where the points are none, or not as they have to be */
    public Calibration {
        points = List.copyOf(points);
        if (points.isEmpty() || points.size() > MOST_POINTS) {
            throw new IllegalArgumentException("there are " + points.size() + " points");
        }
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            boolean isWithin = point.score >= 0 && point.score <= 1 && point.probability >= 0 && point.probability <= 1;
            if (!isWithin || (i > 0 && !mayFollow(point, points.get(i - 1)))) {
                throw new IllegalArgumentException("point " + i + " is " + point);
            }
        }
    }

    static boolean mayFollow(Point point, Point before) {
        return point.score > before.score && point.probability >= before.probability;
    }

    /** Not a number for a score that is none. */
    public double probability(double score) {
        if (Double.isNaN(score)) {
            return Double.NaN;
        }
        int above = firstAbove(score);
        if (above == 0) {
            return points.get(0).probability;
        }
        Point low = points.get(above - 1);
        if (above == points.size()) {
            return low.probability;
        }
        Point high = points.get(above);
        double part = (score - low.score) / (high.score - low.score);
        // The bounds hold what rounding could carry past them.
        return Math.min(high.probability, low.probability + part * (high.probability - low.probability));
    }

    /** The index of the first point of a higher score; their number where there is none. */
    private int firstAbove(double score) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).score > score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
