package dev.forebay.deploy.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** When requests arrive: a Poisson process, fixed before the first is sent. */
final class Arrivals {
    private Arrivals() {}

    /** Nanoseconds from the start, ascending, all of them within the duration. */
    static long[] poisson(double perSecond, Duration duration, long seed) {
        Random random = new Random(seed);
        double end = duration.toNanos();
        double mean = 1e9 / perSecond;
        long[] times = new long[16];
        int count = 0;
        for (double at = gap(mean, random); at < end; at += gap(mean, random)) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = (long) at;
        }
        return Arrays.copyOf(times, count);
    }

    private static double gap(double mean, Random random) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
