package dev.forebay.worker.models;

import java.util.ArrayList;
import java.util.List;

/**
 * How a model is spread over a processor's cores.
 *
 * @param executors batches that run at once
 * @param threads of the engine within one batch
 */
public record Layout(int executors, int threads) {
    private static final int MOST_EXECUTORS = 8;

    /**
     * Those worth a measurement, in order of preference; one where a person fixed it. First of all two executors: while
     * one fetches its next batch the other computes.
     *
     * @param executors 0 where it is free
     * @param threads 0 where it is free
     */
    static List<Layout> candidates(int cores, int executors, int threads) {
        if (executors > 0 || threads > 0) {
            int count = executors > 0 ? executors : Math.max(1, cores / threads);
            return List.of(new Layout(count, threads > 0 ? threads : Math.max(1, cores / count)));
        }
        List<Layout> layouts = new ArrayList<>();
        for (int count = 2; count <= Math.min(cores, MOST_EXECUTORS); count *= 2) {
            layouts.add(new Layout(count, cores / count));
        }
        layouts.add(Math.min(1, layouts.size()), new Layout(1, cores));
        return layouts;
    }

    @Override
    public String toString() {
        return executors + " x " + threads;
    }
}
