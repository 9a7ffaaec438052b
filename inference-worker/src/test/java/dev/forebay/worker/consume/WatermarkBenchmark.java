package dev.forebay.worker.consume;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a record costs in the account of one partition: tracked, done out of order, and the offset to commit asked for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WatermarkBenchmark {
    private static final int RECORDS = 8_192;

    @Param({"500", "2000"})
    public int inFlight;

    private final Random random = new Random(7);
    private final int[] order = new int[RECORDS];
    private Watermark watermark = new Watermark(0);
    private SetOfOffsets baseline = new SetOfOffsets();

    /** Within each group of in-flight records the end comes in random order. */
    @Setup
    public void shuffle() {
        for (int i = 0; i < RECORDS; i++) {
            order[i] = i;
        }
        for (int from = 0; from < RECORDS; from += inFlight) {
            int to = Math.min(RECORDS, from + inFlight);
            for (int i = to - 1; i > from; i--) {
                int other = from + random.nextInt(i - from + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long ring() {
        watermark = new Watermark(0);
        long sum = 0;
        for (int i = 0; i < RECORDS + inFlight; i++) {
            if (i < RECORDS) {
                watermark.track(i);
            }
            if (i >= inFlight) {
                watermark.done(order[i - inFlight]);
                sum += watermark.committable();
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long sortedSet() {
        baseline = new SetOfOffsets();
        long sum = 0;
        for (int i = 0; i < RECORDS + inFlight; i++) {
            if (i < RECORDS) {
                baseline.track(i);
            }
            if (i >= inFlight) {
                baseline.done(order[i - inFlight]);
                sum += baseline.committable();
            }
        }
        return sum;
    }
}
