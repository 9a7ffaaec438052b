package dev.forebay.processors.quota;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a token bucket holds at a moment, in whole parts of a token, so that nothing is ever rounded away.
 *
 * @param partsPerToken of the quota that counted the parts
 */
record Level(long parts, long partsPerToken, Instant at) {
    static Level full(Quota quota, Instant now) {
        return new Level(quota.capacity(), quota.partsPerToken(), now);
    }

    /** The level now. A clock that was set back lets nothing flow in until it is where it was. */
    Level flowed(Quota quota, Instant now) {
        long held = Math.min(quota.capacity(), partsOf(quota));
        if (now.isBefore(at)) {
            return new Level(held, quota.partsPerToken(), at);
        }
        long millisUntilFull = (quota.capacity() - held + quota.requests() - 1) / quota.requests();
        long millis = now.toEpochMilli() - at.toEpochMilli();
        return millis >= millisUntilFull
                ? full(quota, now)
                : new Level(held + millis * quota.requests(), quota.partsPerToken(), now);
    }

    /** The same number of tokens in the parts of a quota that may have been changed since. */
    private long partsOf(Quota quota) {
        return quota.partsPerToken() == partsPerToken
                ? parts
                : BigInteger.valueOf(parts)
                        .multiply(BigInteger.valueOf(quota.partsPerToken()))
                        .divide(BigInteger.valueOf(partsPerToken))
                        .longValueExact();
    }

    boolean holdsOne() {
        return parts >= partsPerToken;
    }

    Level withOneLess() {
        return new Level(parts - partsPerToken, partsPerToken, at);
    }

    /** When it holds one, if none is taken meanwhile. */
    Instant whenItHoldsOne(Quota quota) {
        long missing = Math.max(0, partsPerToken - parts);
        return at.plusMillis((missing + quota.requests() - 1) / quota.requests());
    }

    boolean isFull(Quota quota) {
        return parts >= quota.capacity();
    }
}
