package dev.forebay.deploy.quickstart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.worker.observe.WorkerStats;

/**
 * The numbers of a finished run.
 *
 * @param seconds from the start of the feed to the last ending
 */
record Summary(Totals totals, WorkerStats stats, double seconds) {
    double textsPerSecond() {
        return perSecond(totals.all());
    }

    double tokensPerSecond() {
        return perSecond(stats.tokens());
    }

    long p50() {
        return totals.latencies().quantile(0.5);
    }

    long p99() {
        return totals.latencies().quantile(0.99);
    }

    /** The keys are API. */
    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("input", totals.all());
        json.put("results", totals.count(Status.RESULT));
        json.put("review", totals.count(Status.REVIEW));
        json.put("rejections", totals.count(Status.REJECTED));
        json.put("dead_letters", totals.count(Status.DEAD_LETTER));
        json.put("seconds", rounded(seconds));
        json.put("texts_per_second", rounded(textsPerSecond()));
        json.put("tokens_per_second", rounded(tokensPerSecond()));
        json.put("mean_batch_size", rounded(stats.meanBatchSize()));
        json.put("padding_share", rounded(stats.paddingShare()));
        json.put("p50_ms", p50());
        json.put("p99_ms", p99());
        return json.toString();
    }

    private double perSecond(long count) {
        return seconds <= 0 ? 0 : count / seconds;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
