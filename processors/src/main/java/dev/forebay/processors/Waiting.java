package dev.forebay.processors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a topology waits for. The wait is over when a try has gone on for twice as long as the one before it, and for ten
 * seconds at least: Streams does not say whether the thread that replaced a failed one does better.
 */
final class Waiting {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private @Nullable String what;
    private int pausing;
    private long triedAt;
    private long needed = LEAST.toNanos();

    /** A thread has failed, and pauses. */
    synchronized void begin(String awaited, long nowNanos) {
        needed = LEAST.toNanos();
        if (what != null && pausing == 0) {
            needed = Math.max(needed, 2 * (nowNanos - triedAt));
        }
        what = awaited;
        pausing++;
    }

    /** The pause of a thread is over. */
    synchronized void tryAgain(long nowNanos) {
        pausing--;
        triedAt = nowNanos;
    }

    synchronized Optional<String> what(long nowNanos) {
        if (pausing == 0 && nowNanos - triedAt >= needed) {
            what = null;
        }
        return Optional.ofNullable(what);
    }
}
