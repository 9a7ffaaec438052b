package dev.forebay.worker.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Executors in virtual time that a batcher feeds: Poisson arrivals in the live lane, a backlog without end in bulk. */
final class VirtualDevice {
    private static final int BULK_WAITING = 1_000;

    private final Batcher<Boolean> batcher;
    private final boolean bulk;
    private final Lane bulkLane;
    private final Random random;
    private final long[] freeAt;
    private final List<Long> latencies = new ArrayList<>();
    private int bulkWaiting;
    private long livePadded;
    private long bulkPadded;
    private long items;
    private long busyNanos;
    private long now;

    /**
     * @param bulk whether there is a back-fill
     * @param bulkLane the lane that its items say they are of
     */
    VirtualDevice(Batcher<Boolean> batcher, int executors, boolean bulk, Lane bulkLane, long seed) {
        this.batcher = batcher;
        this.freeAt = new long[executors];
        this.bulk = bulk;
        this.bulkLane = bulkLane;
        this.random = new Random(seed);
    }

    /** A call costs 3.5 ms and 45 us per padded token: of the order of a small encoder on two cores. */
    static double millis(int paddedTokens) {
        return 3.5 + 0.045 * paddedTokens;
    }

    /** Runs for so many seconds, with so many live items in each. */
    VirtualDevice run(int seconds, double livePerSecond) {
        long end = seconds * 1_000_000_000L;
        long nextLive = gap(livePerSecond);
        while (now < end) {
            while (nextLive <= now) {
                batcher.offer(new Item<>(true, length(), nextLive, Item.NO_DEADLINE, Lane.LIVE));
                nextLive += gap(livePerSecond);
            }
            while (bulk && bulkWaiting < BULK_WAITING) {
                batcher.offer(new Item<>(false, length(), now, Item.NO_DEADLINE, bulkLane));
                bulkWaiting++;
            }
            long next = nextLive;
            for (int executor = 0; executor < freeAt.length; executor++) {
                if (freeAt[executor] <= now && batcher.poll(now) instanceof Decision.Run<Boolean> run) {
                    freeAt[executor] = finish(run.batch());
                }
                next = freeAt[executor] > now ? Math.min(next, freeAt[executor]) : next;
            }
            now = next;
        }
        return this;
    }

    /** Runs a batch that starts now; gives the time of its end. */
    private long finish(Batch<Boolean> batch) {
        long took = (long) (millis(batch.paddedTokens()) * 1e6);
        for (Item<Boolean> item : batch.items()) {
            if (item.payload()) {
                latencies.add(now + took - item.arrivalNanos());
                livePadded += batch.paddedLength();
            } else {
                bulkWaiting--;
                bulkPadded += batch.paddedLength();
            }
        }
        items += batch.count();
        busyNanos += took;
        return now + took;
    }

    /** 5 to 300 tokens with a long tail. */
    private int length() {
        return 5 + (int) (295 * Math.pow(random.nextDouble(), 6));
    }

    private long gap(double perSecond) {
        return perSecond <= 0 ? Long.MAX_VALUE / 2 : (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
    }

    double liveP99Millis() {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (0.99 * (sorted.length - 1))] / 1e6;
    }

    double bulkShare() {
        return (double) bulkPadded / (bulkPadded + livePadded);
    }

    double itemsPerSecond() {
        return items / (now / 1e9);
    }

    /** The part of the executors' time that was spent in batches. */
    double utilisation() {
        return (double) busyNanos / now / freeAt.length;
    }
}
