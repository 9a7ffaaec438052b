package dev.forebay.deploy.evaluation;

/** Where a figure lies that was measured on a sample. */
public record Interval(double low, double high) {
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
