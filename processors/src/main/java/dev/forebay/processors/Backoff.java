package dev.forebay.processors;

import java.time.Duration;

/** How long to wait after a fault: longer from fault to fault, short again after a quiet time. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;
    private long quietAt;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** @param nowNanos of a clock that only goes forward */
    synchronized Duration afterFault(long nowNanos) {
        if (nowNanos - quietAt > 0) {
            next = first;
        }
        Duration wait = next;
        next = wait.multipliedBy(2).compareTo(longest) > 0 ? longest : wait.multipliedBy(2);
        quietAt = nowNanos + wait.plus(longest).toNanos();
        return wait;
    }
}
