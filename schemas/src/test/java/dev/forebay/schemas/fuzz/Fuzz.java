package dev.forebay.schemas.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Feeds mutations of good bytes to a decoder, each of which has to come back, at a bounded cost. */
public final class Fuzz {
    /** Of each test. */
    public static final int MUTATIONS = Integer.getInteger("forebay.fuzz.mutations", 5_000);

    private static final long MOST_BYTES_ALLOCATED = 4 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzz() {}

    /** What is tried. It throws where a promise is broken. */
    public interface Decoder {
        /** @param example which of the examples the bytes were */
        void decode(int example, byte[] bytes) throws Exception;
    }

    /** @throws AssertionError at the first promise that is broken, with what repeats it */
    public static void run(long seed, List<byte[]> examples, Decoder decoder) {
        Random random = new Random(seed);
        Mutations mutations = new Mutations(random);
        warmUp(examples, decoder);
        for (int i = 0; i < MUTATIONS; i++) {
            int example = random.nextInt(examples.size());
            byte[] bytes = mutations.of(examples.get(example));
            String broken;
            Throwable cause = null;
            try {
                broken = tooCostly(() -> decoder.decode(example, bytes));
            } catch (Exception | Error e) {
                broken = e.toString();
                cause = e;
            }
            if (!broken.isEmpty()) {
                String where = "seed " + seed + ", mutation " + i + " of example " + example;
                throw new AssertionError(
                        where + ": " + broken + "\nbase64: "
                                + Base64.getEncoder().encodeToString(bytes),
                        cause);
            }
        }
    }

    /** What is loaded at the first use is not the cost of a mutation. */
    private static void warmUp(List<byte[]> examples, Decoder decoder) {
        for (int example = 0; example < examples.size(); example++) {
            try {
                decoder.decode(example, examples.get(example));
            } catch (Exception e) {
                throw new AssertionError("example " + example + " is broken before it is mutated", e);
            }
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** What one attempt cost too much of; empty where it did not. */
    private static String tooCostly(Attempt attempt) throws Exception {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long before = System.nanoTime();
        attempt.run();
        long nanos = System.nanoTime() - before;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        if (allocated > MOST_BYTES_ALLOCATED) {
            return allocated + " bytes allocated, at most " + MOST_BYTES_ALLOCATED;
        }
        return nanos > LONGEST.toNanos() ? "took " + Duration.ofNanos(nanos) + ", at most " + LONGEST : "";
    }
}
