package dev.forebay.deploy.bench;

import java.util.Optional;

/**
 * What one run took.
 *
 * @param records answered
 * @param seconds on the wall
 * @param cpuSeconds of the whole process, broker included
 * @param batching how the model was used, where that is known
 */
record Timed(int records, double seconds, double cpuSeconds, Optional<Batching> batching) {
    double perSecond() {
        return records / seconds;
    }

    double cpuMicrosPerRecord() {
        return cpuSeconds * 1e6 / records;
    }
}
