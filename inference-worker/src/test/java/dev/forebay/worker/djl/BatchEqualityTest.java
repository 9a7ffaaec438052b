package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.batch.Decision;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.batch.Lane;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every text of a random batch gets its own vector, the one that it gets alone. {@code -Dforebay.equality.texts=100000}
 * for as many texts.
 */
class BatchEqualityTest {
    private static final int TEXTS = Integer.getInteger("forebay.equality.texts", 400);
    private static final int WAVE = 500;
    private static final long SEED = 20_261_125;
    /** Of fp32: the order of the sums differs with the shape of a batch. */
    private static final double TOLERANCE = 1e-5;

    private final Random random = new Random(SEED);
    private final DjlModel model = SharedModel.fp32();
    private final BatchRunner runner = new BatchRunner(model, new TokenBudget(1 << 20, (now, learned, halvings) -> {}));
    private final List<Tokens> texts = new ArrayList<>();
    private double largest;

    @Test
    void everyTextOfABatchGetsTheVectorThatItGetsAlone() {
        int done = 0;
        int batches = 0;
        while (done < TEXTS) {
            texts.clear();
            for (int i = 0; i < Math.min(WAVE, TEXTS - done); i++) {
                texts.add(tokens(done + i));
            }
            for (List<Integer> batch : batches()) {
                compare(batch);
                batches++;
            }
            done += texts.size();
        }
        System.out.printf(
                "%d texts in %d random batches, seed %d: largest difference to one by one %.1e%n",
                TEXTS, batches, SEED, largest);
    }

    private void compare(List<Integer> batch) {
        List<ItemOutcome> together = runner.run(batch.stream().map(texts::get).toList());
        for (int i = 0; i < batch.size(); i++) {
            float[] alone = vector(runner.run(List.of(texts.get(batch.get(i)))).get(0));
            double difference = SharedModel.difference(vector(together.get(i)), alone);
            largest = Math.max(largest, difference);
            assertThat(difference).as("seed %d, slot %d of %s", SEED, i, batch).isLessThan(TOLERANCE);
        }
    }

    /** The batcher's own, at a budget and a bound on the count that change from wave to wave. */
    private List<List<Integer>> batches() {
        Batcher<Integer> batcher = new Batcher<>(
                new BatchPolicy(64 << random.nextInt(6), 1 + random.nextInt(64), 512, BatchPolicy.LENGTH_MULTIPLE, 0));
        IntStream.range(0, texts.size())
                .forEach(i -> batcher.offer(new Item<>(
                        i, texts.get(i).count(), i, Item.NO_DEADLINE, random.nextInt(4) == 0 ? Lane.BULK : Lane.LIVE)));
        List<List<Integer>> batches = new ArrayList<>();
        while (batcher.poll(0) instanceof Decision.Run<Integer> run) {
            Batch<Integer> batch = run.batch();
            batches.add(batch.items().stream().map(Item::payload).toList());
        }
        return batches;
    }

    /** Any ids of the vocabulary between the special ones; most texts are short. */
    private Tokens tokens(int number) {
        long[] ids = new long[4 + (int) Math.min(120, -10 * Math.log(1 - random.nextDouble()))];
        ids[0] = 101;
        for (int i = 1; i < ids.length - 1; i++) {
            ids[i] = 1000 + (number * 31L + random.nextInt(29_000)) % 29_000;
        }
        ids[ids.length - 1] = 102;
        return new Tokens(ids, false);
    }

    private static float[] vector(ItemOutcome outcome) {
        return outcome.fold(ItemOutcome.Encoded::vector, failed -> {
            throw new AssertionError(failed.message());
        });
    }
}
