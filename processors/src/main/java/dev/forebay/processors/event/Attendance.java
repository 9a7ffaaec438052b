package dev.forebay.processors.event;

import java.time.Duration;

/**
 * Since when an operator has been at work without a pause. What came in a pause is still to be read, so no window may be
 * closed as if nothing had come.
 */
public final class Attendance {
    /** An operator at work is called ten times a second, and after each commit. */
    private static final long PAUSE_MILLIS = 2_000;

    private boolean begun;
    private long since;
    private long seen;

    /** @param now in milliseconds since 1970, at which the operator is at work */
    public void at(long now) {
        if (!begun || now - seen > PAUSE_MILLIS || now < seen) {
            since = now;
        }
        begun = true;
        seen = now;
    }

    /**
     * When a window can be closed if nothing comes for it until then.
     *
     * @param until when it is over
     * @param arrived when something came for it last
     */
    public long due(long until, long arrived, Duration grace) {
        return Math.max(until, Math.max(arrived, since)) + grace.toMillis();
    }
}
