package dev.forebay.deploy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What is reachable on the heap while a backlog is worked off: the memory in use right after a full collection, which is
 * asked for at each tenth of the way, equally often whatever the backlog.
 */
final class LiveHeap implements LongConsumer {
    private static final int PARTS = 10;

    private final long total;
    private final List<Double> megabytes = new ArrayList<>();
    private long nanos;

    /** @param total records on the whole way */
    LiveHeap(long total) {
        this.total = total;
    }

    @Override
    public void accept(long answered) {
        if (megabytes.size() < PARTS - 1 && answered * PARTS >= total * (megabytes.size() + 1)) {
            long started = System.nanoTime();
            megabytes.add(collected());
            nanos += System.nanoTime() - started;
        }
    }

    /** What a full collection left on the heap, in MB; what was allocated since is not in it. */
    static double collected() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(Objects::nonNull)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum()
                / 1e6;
    }

    List<Double> megabytes() {
        return List.copyOf(megabytes);
    }

    /** Spent in collections that were asked for. */
    double seconds() {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
