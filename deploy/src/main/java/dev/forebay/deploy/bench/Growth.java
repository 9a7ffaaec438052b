package dev.forebay.deploy.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The same work with a backlog of 1, 4 and 16 times: time should grow with it and memory not at all. The model does
 * nothing, so that the largest is affordable; what is in flight, buffered and queued is the same as with a real one.
 */
final class Growth {
    private static final List<Integer> FACTORS = List.of(1, 4, 16);
    /** As many are enough for a median, and the largest backlog takes its time. */
    static final int ENOUGH_ROUNDS = 3;

    private final Scene scene;

    /**
     * One backlog.
     *
     * @param seconds without the collections that were asked for
     * @param heapMegabytes live at each tenth of the way
     */
    record Size(int factor, int records, double seconds, List<Double> heapMegabytes) {
        double peakMegabytes() {
            return heapMegabytes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    Growth(Scene scene) {
        this.scene = scene;
    }

    /**
     * Every size once a round, in an order that moves on; one run before them finds the process cold and is not counted.
     *
     * @param smallest records in the smallest backlog
     */
    List<Size> run(int smallest, int rounds) {
        var unused = size(FACTORS.get(0), smallest);
        List<Integer> order = new ArrayList<>(FACTORS);
        List<Size> sizes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int factor : order) {
                Size size = size(factor, smallest);
                sizes.add(size);
                scene.say(
                        "  round %d/%d    backlog x%-2d  %,9d records in %6.2f s, at most %.1f MB live",
                        round + 1, rounds, factor, size.records(), size.seconds(), size.peakMegabytes());
            }
            Collections.rotate(order, 1);
        }
        return sizes;
    }

    private Size size(int factor, int smallest) {
        int records = factor * smallest;
        try (Course course = scene.rig().courseWithoutReuse()) {
            LiveHeap heap = new LiveHeap(records);
            Timed timed = new Trial(course, new WorkerContender("growth", Overhead.NOOP), scene.stop())
                    .run(records, Overhead.requests(course), heap);
            return new Size(factor, records, timed.seconds() - heap.seconds(), heap.megabytes());
        }
    }
}
