package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * C9: heap and in-flight bytes stay under their caps, and resident memory does not grow. The growth is the slope of the
 * least-squares line, so that one high sample is no leak; a process's first seconds, in which every JVM grows, and
 * processes that lived for less than twice as long do not count.
 */
record MemoryBounds(long heapBytes, long inFlightBytes, double residentBytesPerSecond) implements Checker {
    private static final double WARM_UP_SECONDS = 5;

    @Override
    public List<String> violations(Evidence evidence) {
        List<String> found = new ArrayList<>();
        long heap = evidence.memory().stream()
                .mapToLong(MemorySample::heapBytes)
                .max()
                .orElse(0);
        if (heap > heapBytes) {
            found.add("heap: " + heap + " bytes, at most " + heapBytes);
        }
        long inFlight = peakInFlight(evidence);
        if (inFlight > inFlightBytes) {
            found.add("in flight: " + inFlight + " bytes, at most " + inFlightBytes);
        }
        Collection<List<MemorySample>> processes = evidence.memory().stream()
                .collect(Collectors.groupingBy(MemorySample::process))
                .values();
        double slope = processes.stream().mapToDouble(MemoryBounds::slope).max().orElse(0);
        if (slope > residentBytesPerSecond) {
            found.add("resident memory grows by " + Math.round(slope) + " bytes/s, at most "
                    + Math.round(residentBytesPerSecond));
        }
        return found;
    }

    static long peakInFlight(Evidence evidence) {
        return evidence.memory().stream()
                .mapToLong(MemorySample::inFlightBytes)
                .max()
                .orElse(0);
    }

    private static double slope(List<MemorySample> process) {
        long first = process.get(0).nanos();
        if (seconds(process.get(process.size() - 1), first) < 2 * WARM_UP_SECONDS) {
            return 0;
        }
        List<MemorySample> warm = process.stream()
                .filter(sample -> seconds(sample, first) >= WARM_UP_SECONDS)
                .toList();
        double meanX =
                warm.stream().mapToDouble(s -> seconds(s, first)).average().orElse(0);
        double meanY =
                warm.stream().mapToDouble(MemorySample::residentBytes).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (MemorySample sample : warm) {
            double x = seconds(sample, first) - meanX;
            products += x * (sample.residentBytes() - meanY);
            squares += x * x;
        }
        return squares == 0 ? 0 : products / squares;
    }

    private static double seconds(MemorySample sample, long first) {
        return (sample.nanos() - first) / 1e9;
    }
}
