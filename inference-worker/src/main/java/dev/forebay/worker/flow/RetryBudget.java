package dev.forebay.worker.flow;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps retries to a share of the work, so that a fault that meets every request is not answered with a multiple of the
 * work. What is above it is not given up, it waits for its turn. The source is the retry budget of Finagle. Safe for use by
 * several threads.
 */
final class RetryBudget {
    /** Of the requests that ended, so many may be tried again. */
    static final double SHARE = 0.2;
    /** Where little ends, because everything fails, so many may be tried again in each second. */
    static final double PER_SECOND = 10;
    /** What may be saved up. */
    static final double MOST = 100;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoClock;
    private double balance = MOST;
    private long counted;

    RetryBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.counted = nanoClock.getAsLong();
    }

    /** A request has ended. */
    synchronized void ended() {
        balance = Math.min(MOST, balance + SHARE);
    }

    /** Takes one retry; how long it has to wait for its turn. */
    synchronized Duration take() {
        long now = nanoClock.getAsLong();
        balance = Math.min(MOST, balance + (now - counted) / NANOS * PER_SECOND) - 1;
        counted = now;
        return balance >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-balance / PER_SECOND * NANOS));
    }
}
