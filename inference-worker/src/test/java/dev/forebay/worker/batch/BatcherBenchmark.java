package dev.forebay.worker.batch;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What batching costs per item, and how many of the model's tokens it wastes, on lengths of 5 to 300 with a long tail,
 * with so many items waiting all the time. Results and the command are in benchmark-results.md beside this.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatcherBenchmark {
    private static final int ITEMS = 8_192;

    /** How batches are made. */
    public enum Algorithm {
        /** Ours, everything in the live lane. */
        FOREBAY,
        /** Ours, every other item in the bulk lane. */
        FOREBAY_BOTH_LANES,
        /** Ours, every item with a deadline. */
        FOREBAY_DEADLINES,
        /** 32 at a time as they came. */
        ARRIVAL_ORDER,
        /** Sorted within the oldest 64. */
        SORTED_WINDOW
    }

    @Param
    public Algorithm algorithm = Algorithm.FOREBAY;

    @Param({"512", "100000"})
    public int backlog;

    private final Item<?>[] items = new Item<?>[ITEMS];
    private Plan<Object> plan = Plan.of(new Batcher<>(policy(64)));
    private int next;

    /** Tokens with and without padding, by which the waste is read. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Tokens {
        public long real;
        public long padded;
        public long batches;
    }

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(7);
        for (int i = 0; i < ITEMS; i++) {
            Lane lane = algorithm == Algorithm.FOREBAY_BOTH_LANES && i % 2 == 0 ? Lane.BULK : Lane.LIVE;
            long deadline = algorithm == Algorithm.FOREBAY_DEADLINES ? 1 + random.nextInt(1_000) : Item.NO_DEADLINE;
            items[i] = new Item<>(i, 5 + (int) (295 * Math.pow(random.nextDouble(), 6)), 0, deadline, lane);
        }
        plan = switch (algorithm) {
            case FOREBAY, FOREBAY_BOTH_LANES, FOREBAY_DEADLINES -> Plan.of(new Batcher<>(policy(64)));
            case ARRIVAL_ORDER -> new ArrivalOrder<>(policy(32));
            case SORTED_WINDOW -> new SortedWindow<>(policy(64));
        };
        for (int i = 0; i < backlog; i++) {
            plan.offer(item());
        }
    }

    /** Time per item: offered, and taken in a batch. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void pass(Tokens tokens) {
        int left = 0;
        while (left < ITEMS) {
            Batch<Object> batch = plan.poll();
            left += batch.count();
            tokens.real += batch.tokens();
            tokens.padded += batch.paddedTokens();
            tokens.batches++;
            for (int i = 0; i < batch.count(); i++) {
                plan.offer(item());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Item<Object> item() {
        return (Item<Object>) items[next++ % ITEMS];
    }

    private static BatchPolicy policy(int count) {
        return new BatchPolicy(1024, count, 512, 8, 0);
    }
}
