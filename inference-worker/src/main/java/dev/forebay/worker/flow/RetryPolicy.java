package dev.forebay.worker.flow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a request is tried whose failure may pass, and how long it waits in between.
 *
 * @param attempts in all, the first and those of an earlier life included
 * @param first the longest wait before the second attempt; it doubles from one attempt to the next
 * @param longest that a wait may get
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    public boolean another(int tried) {
        return tried < attempts;
    }

    /**
     * Drawn from the whole of it, so that what failed together does not come back together. The source is M. Brooker,
     * "Exponential Backoff And Jitter" (2015), where it is called full jitter.
     *
     * @param tried how often it was tried so far, at least 1
     */
    Duration pause(int tried, RandomGenerator random) {
        Duration most = first;
        for (int i = 1; i < tried && most.compareTo(longest) < 0; i++) {
            most = most.multipliedBy(2);
        }
        return Duration.ofNanos(random.nextLong(Math.min(most.toNanos(), longest.toNanos()) + 1));
    }
}
