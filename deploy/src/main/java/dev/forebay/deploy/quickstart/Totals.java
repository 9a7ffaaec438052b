package dev.forebay.deploy.quickstart;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a run's endings add up to. */
final class Totals {
    private final Map<Status, Long> statuses = new EnumMap<>(Status.class);
    private final Map<String, Long> labels = new LinkedHashMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long compared;
    private long right;

    /** @param labels that are listed even where no text has them */
    Totals(Iterable<String> labels) {
        labels.forEach(label -> this.labels.put(label, 0L));
    }

    /** @param latencyMillis from the event to its ending */
    void add(Ending ending, long latencyMillis) {
        statuses.merge(ending.status(), 1L, Long::sum);
        if (ending.label() != null) {
            labels.merge(ending.label(), 1L, Long::sum);
        }
        if (ending.code() != null) {
            codes.merge(ending.code(), 1L, Long::sum);
        } else {
            latencies.add(latencyMillis);
        }
        if (ending.expected() != null) {
            compared++;
            right += ending.expected().equals(ending.label()) ? 1 : 0;
        }
    }

    long count(Status status) {
        return statuses.getOrDefault(status, 0L);
    }

    long all() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Texts per label, answered or in review. */
    Map<String, Long> labels() {
        return labels;
    }

    /** Rejections and dead letters per code. */
    Map<String, Long> codes() {
        return codes;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    /** How many answers could be compared with a person's. */
    long compared() {
        return compared;
    }

    /** How many of these agreed. */
    long right() {
        return right;
    }
}
