package dev.forebay.processors.digest;

import java.util.Arrays;

/**
 * How far the requests have come that are being read: the median of the times at which the last ones were issued, so that
 * a sender of old ones among many holds nobody up. In a backlog a group may be silent for longer than its grace though
 * more of it is to come.
 */
final class Progress {
    private static final int MOST = 256;

    private final long[] arrivals = new long[MOST];
    private final long[] times = new long[MOST];
    private int next;
    private int count;

    /** A request that was issued at a time has come. */
    void note(long time, long now) {
        arrivals[next] = now;
        times[next] = time;
        next = (next + 1) % MOST;
        count = Math.min(count + 1, MOST);
    }

    /**
     * Whether requests are being read that were, for the greater part, issued up to a time.
     *
     * @param recent for how long what has come says something of the present, in milliseconds
     */
    boolean isUpTo(long time, long now, long recent) {
        long[] found = new long[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (Math.abs(now - arrivals[i]) < recent) {
                found[size++] = times[i];
            }
        }
        Arrays.sort(found, 0, size);
        return size > 0 && found[size / 2] <= time;
    }
}
