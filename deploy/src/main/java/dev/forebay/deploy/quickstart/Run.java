package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.worker.observe.WorkerStats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for every record of the input to end, and gives up where nothing moves any more. */
final class Run {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long ASK_BROKER_AFTER = TimeUnit.SECONDS.toNanos(30);
    private static final long GIVE_UP_AFTER = TimeUnit.MINUTES.toNanos(5);

    private final LocalPipeline pipeline;
    private final Collector collector;
    private final Stop stop;
    private final long begun;
    private long lastMoved;
    private long lastAsked;
    private long lastSeen;

    /** @param begun when the feed began, on the monotonic clock */
    Run(LocalPipeline pipeline, Collector collector, Stop stop, long begun) {
        this.pipeline = pipeline;
        this.collector = collector;
        this.stop = stop;
        this.begun = begun;
        this.lastMoved = begun;
        this.lastAsked = begun;
    }

    /** @throws FailedException where a part fails, nothing moves for minutes, or a stop is asked for */
    void until(long total, Progress progress) throws IOException {
        try (progress) {
            while (collector.totals().all() < total) {
                collector.collect(POLL);
                progress.show(moment(total));
                if (stop.requested()) {
                    throw new FailedException("Stopped at " + collector.totals().all() + " of " + total + " texts.");
                }
                pipeline.check();
                checkMovement();
            }
        }
    }

    private Progress.Moment moment(long total) {
        long done = collector.totals().all();
        WorkerStats stats = pipeline.stats();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double budget =
                (double) stats.batches() * pipeline.config().worker().batch().maxPaddedTokens();
        return new Progress.Moment(done, total, done / seconds, budget == 0 ? 0 : stats.paddedTokens() / budget);
    }

    private void checkMovement() {
        long now = System.nanoTime();
        long seen = collector.totals().all() + pipeline.stats().batches();
        if (seen != lastSeen) {
            lastSeen = seen;
            lastMoved = now;
            return;
        }
        if (now - lastMoved > GIVE_UP_AFTER) {
            throw new FailedException("Nothing has moved for 5 minutes at "
                    + collector.totals().all() + " texts. FOREBAY_LOG=info shows what each part is doing.");
        }
        if (now - Math.max(lastMoved, lastAsked) > ASK_BROKER_AFTER) {
            lastAsked = now;
            pipeline.checkBroker();
        }
    }
}
