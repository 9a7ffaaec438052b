package dev.forebay.deploy.bench;

import java.util.List;

/** The samples of a figure; never empty. */
record Measured(List<Double> samples) {
    double median() {
        return Statistics.median(samples);
    }

    double lowest() {
        return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
