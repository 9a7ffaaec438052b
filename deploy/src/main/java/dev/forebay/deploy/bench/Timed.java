package dev.forebay.deploy.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one run took.
 *
 * @param records answered
 * @param seconds on the wall
 * @param cpuSeconds of the whole process, broker included
 * @param batching how the model was used; null where nobody counts
 */
record Timed(int records, double seconds, double cpuSeconds, @Nullable Batching batching) {
    double perSecond() {
        return records / seconds;
    }

    double cpuMicrosPerRecord() {
        return cpuSeconds * 1e6 / records;
    }
}
