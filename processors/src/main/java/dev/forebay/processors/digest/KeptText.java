package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Bounds;
import java.util.Arrays;

/**
 * The text of one request of a window.
 *
 * @param rank by which it is chosen where there are too many: a hash of the request's id, so that the chosen are a fair
 *     sample of the window and the same after a restart
 * @param time of the request
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isBehind alone
record KeptText(byte[] rank, long time, String text) {
    /** Characters that it takes in a digest. */
    int cost() {
        return Texts.chars(text) + Bounds.BETWEEN.length();
    }

    boolean isBehind(KeptText other) {
        return Arrays.compareUnsigned(rank, other.rank) > 0;
    }
}
