package dev.forebay.worker.reuse;

import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.ModelDescription;
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

/** What re-use costs a text where nothing repeats: its key alone, and with the look-ups, the flight and the keeping. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReuseBenchmark {
    private static final int GROUP = 32;
    private static final int GROUPS = 256;
    private static final ModelDescription MODEL = new ModelDescription("m", "v", 384, 256, "fp32", "cpu");

    @Param({"100", "1000"})
    public int characters;

    private final ContentHash.Scope scope = ContentHash.Scope.of(MODEL);
    private final TextOutcome outcome = new TextOutcome(new ItemOutcome.Encoded(new float[384]), 5, false);
    private final VectorCache cache = new VectorCache(64L << 20);
    private final Flights<Nobody> flights = new Flights<>();
    private final String[] texts = new String[GROUP * GROUPS];
    private int next;
    private int round;

    @Setup
    public void texts() {
        Random random = new Random(7);
        for (int i = 0; i < texts.length; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < characters) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            texts[i] = text.toString();
        }
    }

    @Benchmark
    @OperationsPerInvocation(GROUP)
    public long key() {
        long sum = 0;
        for (ContentKey key : keys()) {
            sum += key.first();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(GROUP)
    public int everything() {
        ContentKey[] keys = keys();
        int kept = 0;
        for (ContentKey key : keys) {
            kept += cache.find(key) == null ? 0 : 1;
            flights.join(key, Nobody.INSTANCE);
        }
        for (ContentKey key : keys) {
            cache.keep(key, outcome);
            kept += flights.land(key).size();
        }
        return kept;
    }

    /** Another task each time round, so that no key comes again. */
    private ContentKey[] keys() {
        ContentHash hash = new ContentHash(scope);
        String task = "task" + round;
        ContentKey[] keys = new ContentKey[GROUP];
        for (int i = 0; i < GROUP; i++) {
            keys[i] = hash.key("default", task, texts[next + i]);
        }
        next += GROUP;
        if (next == texts.length) {
            next = 0;
            round++;
        }
        return keys;
    }

    private enum Nobody implements Flights.Waiter {
        INSTANCE;

        @Override
        public long deadlineNanos() {
            return Flights.NO_DEADLINE;
        }

        @Override
        public boolean ended() {
            return false;
        }
    }
}
