package dev.forebay.processors.quota;

import java.time.Duration;

/**
 * How many requests are admitted in the long run, and how many at once. As a token bucket: {@code burst} tokens fit in, one
 * is taken by each request, and {@code requests} flow in, evenly, in each {@code per}.
 *
 * @param per in whole milliseconds, from 1 s to 31 d
 * @param requests from 1 to 1,000,000,000; so is {@code burst}
 */
public record Quota(int requests, Duration per, int burst, Excess excess) {
    /** What becomes of a request beyond the quota. */
    public enum Excess {
        REJECT,
        /** It goes on in the lane {@code bulk}, which has what the others leave. */
        BULK
    }

    /**
     * The parts of a token that a level counts in: so many that a whole number of them flows in with each millisecond, which
     * is {@code requests}.
     */
    long partsPerToken() {
        return per.toMillis();
    }

    /** What fits in, in parts of a token. */
    long capacity() {
        return burst * partsPerToken();
    }
}
