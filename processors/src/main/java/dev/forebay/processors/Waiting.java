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
    /** Whoever has lasted longer has failed at something new: a client gives a broker up after two minutes. */
    private static final Duration LONGEST_TRY = Duration.ofMinutes(3);

    private @Nullable String what;
    private int pausing;
    private boolean trying;
    private long triedAt;
    private long needed = LEAST.toNanos();

    /** A thread has failed, and pauses. */
    synchronized void begin(String awaited, long nowNanos) {
        if (trying) {
            long lasted = nowNanos - triedAt;
            needed = lasted > LONGEST_TRY.toNanos() ? LEAST.toNanos() : Math.max(LEAST.toNanos(), 2 * lasted);
        }
        trying = false;
        what = awaited;
        pausing++;
    }

    /** The pause of a thread is over. */
    synchronized void tryAgain(long nowNanos) {
        pausing--;
        trying = pausing == 0;
        triedAt = nowNanos;
    }

    synchronized Optional<String> what(long nowNanos) {
        if (pausing == 0 && nowNanos - triedAt >= needed) {
            what = null;
        }
        return Optional.ofNullable(what);
    }
}
