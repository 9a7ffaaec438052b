package dev.forebay.processors.digest;

import dev.forebay.schemas.record.Lane;
import java.time.Duration;

/** One entry of {@code digests.windows}: which requests are gathered, for how long, and what is asked of them. */
record Digest(String name, Choice choice, Timing timing, Asking asking) {
    /** What becomes of a request that comes when its window is closed. */
    enum Late {
        /** It is counted in the window that is open. */
        DROP,
        /** It is gathered in the window that is open, and counted there. */
        NEXT
    }

    /** @param grace for how long nothing may have come for a window that is over before it is closed */
    record Timing(WindowRule window, Duration grace, Late late) {}

    /** @param task that the digests are requests for */
    record Asking(String task, Lane lane, Bounds bounds) {}

    /**
     * How much goes into one digest; characters are Unicode code points.
     *
     * @param maxChars of all texts, with what stands between them
     * @param textChars of one text, which is cut there
     */
    record Bounds(int maxTexts, int maxChars, int textChars) {
        /** What stands between two texts: summaries know a blank line as the end of a sentence. */
        static final String BETWEEN = "\n\n";

        /** @param chars of the texts, each with what stands behind it */
        boolean hold(int texts, long chars) {
            return texts <= maxTexts && chars <= (long) maxChars + BETWEEN.length();
        }
    }
}
