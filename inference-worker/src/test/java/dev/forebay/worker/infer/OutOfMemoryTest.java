package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.batch.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches on a device whose memory is less than was learned. */
final class OutOfMemoryTest {
    private static final int LEARNED = 1024;
    private static final int LONGEST = 128;

    private final ScarceModel model = new ScarceModel();
    private final AtomicInteger halvings = new AtomicInteger();
    private final BatchQueue<Tokens> queue = new BatchQueue<>(
            new Batcher<>(new BatchPolicy(LEARNED, 64, 256, 8, 0)), () -> 0, item -> {}, waiting -> {});
    private final TokenBudget budget = new TokenBudget(LEARNED, (now, learned, count) -> {
        queue.budget(now);
        halvings.set((int) count);
    });
    private final BatchRunner runner = new BatchRunner(model, budget);
    private final Queue<ItemOutcome.Failed> failed = new ConcurrentLinkedQueue<>();
    private int answered;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memoryThatComesAndGoesCostsNoItem(long seed) {
        Random random = new Random(seed);
        for (int memory : new int[] {LEARNED, 600, 200, LONGEST, 900, 300, 4096}) {
            model.memory = memory;
            int before = answered;
            serve(random, 6_000);

            assertThat(failed).as("seed %d, memory %d", seed, memory).isEmpty();
            assertThat(answered - before).as("seed %d, memory %d", seed, memory).isEqualTo(6_000);
            assertThat(budget.now()).as("seed %d, memory %d", seed, memory).isLessThanOrEqualTo(memory + LEARNED / 16);
        }
        serve(random, 60_000);
        assertThat(budget.now()).as("seed %d", seed).isEqualTo(LEARNED);
        assertThat(halvings.get()).as("seed %d", seed).isLessThan(30);
    }

    @Test
    void anEngineThatTakesTwelveItemsConvergesToAtMostTwelve() {
        model.memory = 12 * 16;
        for (int i = 0; i < 10_000; i++) {
            queue.offer(List.of(item(16, i)));
        }
        int largest = 0;
        int batches = 0;
        for (Batch<Tokens> batch = queue.poll(); batch != null; batch = queue.poll()) {
            run(batch);
            largest = ++batches > 3 ? Math.max(largest, batch.count()) : 0;
        }

        assertThat(answered).isEqualTo(10_000);
        assertThat(failed).isEmpty();
        assertThat(largest).isBetween(8, 12);
        assertThat(model.refusals).hasValueLessThan(10);
    }

    @Test
    void itemThatRunsOutOfMemoryAloneFailsAndItsNeighboursDoNot() {
        model.memory = 64;

        List<ItemOutcome> outcomes = runner.run(List.of(tokens(100, 7), tokens(20, 8), tokens(20, 9)));

        assertThat(outcomes.get(0)).isInstanceOf(ItemOutcome.Failed.class);
        assertThat(((ItemOutcome.Failed) outcomes.get(0)).code()).isEqualTo(ReasonCode.RESOURCE_EXHAUSTED);
        assertThat(outcomes.subList(1, 3)).extracting(OutOfMemoryTest::answer).containsExactly(8L, 9L);
    }

    @Test
    void executorsThatShareTheMemoryLoseNoItem() throws InterruptedException {
        model.memory = LONGEST + 8;
        model.duration = 1_000; // so that batches overlap
        Random random = new Random(11);
        List<Thread> executors = new ArrayList<>();
        AtomicInteger outcomes = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            List<List<Tokens>> batches = new ArrayList<>();
            for (int j = 0; j < 200; j++) {
                batches.add(List.of(tokens(100 + random.nextInt(28), j), tokens(60, j), tokens(8, j)));
            }
            executors.add(new Thread(() -> batches.forEach(batch -> {
                for (ItemOutcome outcome : runner.run(batch)) {
                    outcomes.incrementAndGet();
                    outcome.fold(encoded -> true, failed::add);
                }
            })));
        }
        executors.forEach(Thread::start);
        for (Thread executor : executors) {
            executor.join();
        }

        assertThat(failed).isEmpty();
        assertThat(outcomes).hasValue(3 * 200 * 3);
    }

    private void serve(Random random, int items) {
        int offered = 0;
        while (offered < items || queue.size() > 0) {
            if (offered < items && (queue.size() == 0 || random.nextInt(3) > 0)) {
                int count = Math.min(items - offered, 1 + random.nextInt(80));
                List<Item<Tokens>> offers = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    offers.add(item(1 + random.nextInt(LONGEST), offered + i));
                }
                queue.offer(offers);
                offered += count;
            } else {
                Batch<Tokens> batch = queue.poll();
                run(Objects.requireNonNull(batch));
            }
        }
    }

    private void run(Batch<Tokens> batch) {
        List<Tokens> items = batch.items().stream().map(Item::payload).toList();
        List<ItemOutcome> outcomes = runner.run(items);
        assertThat(outcomes).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
            if (outcomes.get(i) instanceof ItemOutcome.Failed failure) {
                failed.add(failure);
            } else {
                assertThat(answer(outcomes.get(i))).isEqualTo(items.get(i).ids()[0]);
            }
        }
        answered += items.size();
    }

    private static Item<Tokens> item(int length, int id) {
        return new Item<>(tokens(length, id), length, 0, Item.NO_DEADLINE);
    }

    private static Tokens tokens(int length, int id) {
        long[] ids = new long[length];
        ids[0] = id;
        return new Tokens(ids, false);
    }

    private static long answer(ItemOutcome outcome) {
        return outcome.fold(encoded -> (long) encoded.vector()[0], failed -> -1L);
    }

    /** Gives the first token id back; all batches inside together fit into its memory of so many padded tokens. */
    private static final class ScarceModel implements Model {
        private final AtomicInteger used = new AtomicInteger();
        private volatile long duration;
        private volatile int memory = Integer.MAX_VALUE;
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            int longest = batch.stream().mapToInt(Tokens::count).max().orElseThrow();
            int needed = (longest + 7) / 8 * 8 * batch.size();
            try {
                if (used.addAndGet(needed) > memory) {
                    refusals.incrementAndGet();
                    throw new OutOfMemoryException("no memory for " + batch.size(), new RuntimeException("full"));
                }
                LockSupport.parkNanos(duration);
                List<Inference> answers = new ArrayList<>();
                batch.forEach(tokens -> answers.add(new Inference.Vector(new float[] {tokens.ids()[0]})));
                return answers;
            } finally {
                used.addAndGet(-needed);
            }
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("scarce", "1", 1, LONGEST, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public void close() {}
    }
}
