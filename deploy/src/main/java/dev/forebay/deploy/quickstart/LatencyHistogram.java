package dev.forebay.deploy.quickstart;

/** Latencies in milliseconds, counted in buckets that are exact below 256 and within 1 % above. */
final class LatencyHistogram {
    private static final int EXACT_BITS = 8;
    private static final int STEPS = 1 << (EXACT_BITS - 1);

    private final long[] counts = new long[STEPS * (Long.SIZE - EXACT_BITS + 1) + STEPS];
    private long total;

    void add(long millis) {
        counts[bucket(Math.max(0, millis))]++;
        total++;
    }

    /** The smallest latency that a share of all did not exceed, 0 to 1; 0 where there is none. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return value(i);
            }
        }
        return 0;
    }

    private static int bucket(long millis) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(millis) - EXACT_BITS);
        return shift * STEPS + (int) (millis >>> shift);
    }

    private static long value(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return (long) (bucket - shift * STEPS) << shift;
    }
}
