package dev.forebay.worker.consume;

import dev.forebay.worker.observe.Obstacles;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;

/** What a consumer does that was refused or put out: it reads nothing, and tries again every second. Poll thread only. */
final class RetryHold {
    static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** A consumer that lacks a right gets its partitions before it is told. */
    private static final Duration STEADY_AFTER = Duration.ofSeconds(5);

    private final String what;
    private final Obstacles obstacles;
    private final LongSupplier nanoClock;
    private long until;

    RetryHold(String what, Obstacles obstacles, LongSupplier nanoClock) {
        this.what = what;
        this.obstacles = obstacles;
        this.nanoClock = nanoClock;
        this.until = nanoClock.getAsLong();
    }

    /** True, after a pause, where it is too early to try again. */
    boolean pauses(Duration timeout) {
        long left = until - nanoClock.getAsLong();
        if (left > 0) {
            LockSupport.parkNanos(Math.min(left, timeout.toNanos()));
        }
        return left > 0;
    }

    /** It was tried and refused. */
    void refused(KafkaException cause) {
        obstacles.met(what, cause.toString());
        until = nanoClock.getAsLong() + AGAIN_AFTER.toNanos();
    }

    /** It was tried and not refused. */
    void polled(boolean gaveRecords) {
        if (gaveRecords || nanoClock.getAsLong() - until > STEADY_AFTER.toNanos()) {
            obstacles.gone(what);
        }
    }
}
