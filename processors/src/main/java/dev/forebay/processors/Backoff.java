package dev.forebay.processors;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a fault: up to a bound that doubles from fault to fault and is small again after a quiet time,
 * and a random part of it (full jitter), so that those who fell together do not come back together.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;
    private Duration next;
    private long quietAt;

    /** @param random gives numbers from 0 to 1 */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** @param nowNanos of a clock that only goes forward */
    synchronized Duration afterFault(long nowNanos) {
        if (nowNanos - quietAt > 0) {
            next = first;
        }
        Duration bound = next;
        next = bound.multipliedBy(2).compareTo(longest) > 0 ? longest : bound.multipliedBy(2);
        quietAt = nowNanos + bound.plus(longest).toNanos();
        return Duration.ofNanos((long) (bound.toNanos() * random.getAsDouble()));
    }
}
