package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * C9: heap and in-flight bytes stay under their caps, and resident memory does not grow. The growth is the slope of the
 * least-squares line, so that one high sample is no leak.
 */
record MemoryBounds(long heapBytes, long inFlightBytes, double residentBytesPerSecond) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (MemorySample sample : evidence.memory()) {
            if (sample.heapBytes() > heapBytes) {
                found.add("heap: " + sample.heapBytes() + " bytes, at most " + heapBytes);
            }
            if (sample.inFlightBytes() > inFlightBytes) {
                found.add("in flight: " + sample.inFlightBytes() + " bytes, at most " + inFlightBytes);
            }
        }
        double slope = slope(evidence.memory());
        if (slope > residentBytesPerSecond) {
            found.add("resident memory grows by " + slope + " bytes/s, at most " + residentBytesPerSecond);
        }
        return found;
    }

    private static double slope(List<MemorySample> samples) {
        if (samples.size() < 2) {
            return 0;
        }
        long first = samples.get(0).nanos();
        double meanX =
                samples.stream().mapToDouble(s -> seconds(s, first)).average().orElse(0);
        double meanY = samples.stream()
                .mapToDouble(MemorySample::residentBytes)
                .average()
                .orElse(0);
        double products = 0;
        double squares = 0;
        for (MemorySample sample : samples) {
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
