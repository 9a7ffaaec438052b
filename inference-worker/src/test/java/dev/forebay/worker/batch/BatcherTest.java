package dev.forebay.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatcherTest {
    private static final long LINGER = Duration.ofMillis(5).toNanos();
    private static final BatchPolicy EAGER = new BatchPolicy(128, 8, 64, 8, 0);
    private static final BatchPolicy LINGERING = new BatchPolicy(128, 8, 64, 8, LINGER);

    @Test
    void emptyBatcherWaitsForAnOffer() {
        assertThat(new Batcher<String>(EAGER).poll(0)).isEqualTo(new Decision.Wait<String>(Long.MAX_VALUE));
    }

    @Test
    void idleExecutorGetsWhatThereIsAtOnce() {
        Batcher<String> batcher = new Batcher<>(EAGER);
        batcher.offer(item("a", 5, 0));

        Batch<String> batch = run(batcher, 0);

        assertThat(payloads(batch)).containsExactly("a");
        assertThat(batch.reason()).isEqualTo(Batch.Reason.IDLE);
        assertThat(batch.paddedLength()).isEqualTo(8);
        assertThat(batcher.size()).isZero();
    }

    @Test
    void fullBatchLeavesWithoutWaiting() {
        Batcher<String> batcher = new Batcher<>(LINGERING);
        for (int i = 0; i < 8; i++) {
            batcher.offer(item("i" + i, 16, 0));
        }

        assertThat(run(batcher, 0).reason()).isEqualTo(Batch.Reason.FULL);
    }

    @Test
    void lingerCountsFromTheArrivalOfTheOldest() {
        Batcher<String> batcher = new Batcher<>(LINGERING);
        batcher.offer(item("old", 5, 1_000));
        batcher.offer(item("new", 5, 4_000_000));

        assertThat(batcher.poll(4_000_000)).isEqualTo(new Decision.Wait<String>(1_000 + LINGER - 4_000_000));
        Batch<String> batch = run(batcher, 1_000 + LINGER);
        assertThat(payloads(batch)).containsExactly("old", "new");
        assertThat(batch.reason()).isEqualTo(Batch.Reason.LINGER);
    }

    @Test
    void drainingBatcherDoesNotLinger() {
        Batcher<String> batcher = new Batcher<>(LINGERING);
        batcher.offer(item("a", 5, 0));
        batcher.drain();

        assertThat(run(batcher, 0).reason()).isEqualTo(Batch.Reason.DRAIN);
    }

    @Test
    void anItemThatHasToBeAloneComesFirstAndByItself() {
        Batcher<String> batcher = new Batcher<>(LINGERING);
        batcher.offer(item("a", 5, 0));
        batcher.offerAlone(item("b", 3, 1));
        batcher.offerAlone(new Item<>("late", 3, 1, 9));
        batcher.offerAlone(item("c", 4, 2));
        assertThat(batcher.size()).isEqualTo(4);

        assertThat(batcher.expire(10)).extracting(Item::payload).containsExactly("late");

        Batch<String> first = run(batcher, 10);
        assertThat(payloads(first)).containsExactly("b");
        assertThat(first.reason()).isEqualTo(Batch.Reason.ALONE);
        assertThat(first.paddedLength()).isEqualTo(8);
        assertThat(batcher.oldestArrivalNanos()).hasValue(0);
        assertThat(payloads(run(batcher, 10))).containsExactly("c");
        assertThat(payloads(run(batcher, LINGER))).containsExactly("a");
    }

    @Test
    void itemAboveTheBudgetLeavesAlone() {
        Batcher<String> batcher = new Batcher<>(EAGER);
        batcher.offer(item("huge", 500, 0));
        batcher.offer(item("small", 5, 0));

        assertThat(payloads(run(batcher, 0))).containsExactly("huge");
        assertThat(payloads(run(batcher, 0))).containsExactly("small");
    }

    @Test
    void expiredItemsComeOutBeforeTheyCostAnything() {
        Batcher<String> batcher = new Batcher<>(EAGER);
        batcher.offer(new Item<>("late", 5, 0, 200));
        batcher.offer(new Item<>("early", 5, 0, 100));
        batcher.offer(item("never", 5, 0));

        assertThat(batcher.expire(99)).isEmpty();
        assertThat(batcher.expire(200)).extracting(Item::payload).containsExactly("early", "late");
        assertThat(payloads(run(batcher, 200))).containsExactly("never");
    }

    @Test
    void itemsBehindTheLookAheadExpireAsWell() {
        Batcher<Integer> batcher = new Batcher<>(new BatchPolicy(8, 1, 2, 8, 0));
        for (int i = 0; i < 10; i++) {
            batcher.offer(new Item<>(i, 5, 0, i == 9 ? 50 : Item.NO_DEADLINE));
        }

        assertThat(batcher.expire(50)).extracting(Item::payload).containsExactly(9);
        assertThat(batcher.size()).isEqualTo(9);
    }

    @Test
    void backlogOfEqualItemsLeavesOldestFirst() {
        Batcher<Integer> batcher = new Batcher<>(EAGER);
        for (int i = 0; i < 100_000; i++) {
            batcher.offer(item(i, 16, i));
        }

        int expected = 0;
        while (batcher.size() > 0) {
            for (Item<Integer> item : run(batcher, 0).items()) {
                assertThat(item.payload()).isEqualTo(expected++);
            }
        }
        assertThat(expected).isEqualTo(100_000);
    }

    @Test
    void mixedLengthsPadFarLessThanArrivalOrder() {
        Random random = new Random(7);
        Batcher<Integer> batcher = new Batcher<>(new BatchPolicy(1024, 64, 512, 8, 0));
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lengths.add(5 + (int) (295 * Math.pow(random.nextDouble(), 4)));
            batcher.offer(item(i, lengths.get(i), i));
        }

        long padded = 0;
        long tokens = 0;
        while (batcher.size() > 0) {
            Batch<Integer> batch = run(batcher, 0);
            padded += batch.paddedTokens();
            tokens += batch.tokens();
        }

        assertThat((double) padded / tokens).isLessThan(1.25);
        assertThat((double) paddedInArrivalOrder(lengths, 32) / tokens).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void invariantsHoldForRandomTraffic(long seed) {
        Random random = new Random(seed);
        BatchPolicy policy = new BatchPolicy(
                1 + random.nextInt(600), 1 + random.nextInt(40), 1 + random.nextInt(100), 8, random.nextInt(3) * 10L);
        Batcher<Integer> batcher = new Batcher<>(policy);
        List<Item<Integer>> waiting = new ArrayList<>();
        Set<Integer> left = new HashSet<>();
        long now = 0;
        int offered = 0;
        for (int step = 0; step < 3_000; step++) {
            now += random.nextInt(5);
            if (random.nextInt(3) > 0) {
                long deadline = random.nextInt(4) == 0 ? now + random.nextInt(50) : Item.NO_DEADLINE;
                Item<Integer> item = new Item<>(offered++, 1 + random.nextInt(200), now, deadline);
                batcher.offer(item);
                waiting.add(item);
                continue;
            }
            for (Item<Integer> gone : batcher.expire(now)) {
                assertThat(gone.deadlineNanos()).as("seed %d", seed).isLessThanOrEqualTo(now);
                assertThat(left.add(gone.payload())).isTrue();
                waiting.remove(gone);
            }
            if (batcher.poll(now) instanceof Decision.Run<Integer> run) {
                check(policy, run.batch(), waiting, left, seed);
            }
            assertThat(batcher.size()).as("seed %d", seed).isEqualTo(waiting.size());
        }
    }

    @Test
    void costOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> item("a", 0, 0)).withMessageContaining("tokens: 0");
    }

    private static void check(
            BatchPolicy policy, Batch<Integer> batch, List<Item<Integer>> waiting, Set<Integer> left, long seed) {
        assertThat(batch.items()).as("seed %d: holds the oldest", seed).contains(waiting.get(0));
        assertThat(batch.count()).as("seed %d", seed).isBetween(1, policy.maxCount());
        if (batch.count() > 1) {
            assertThat(batch.paddedTokens()).as("seed %d: budget", seed).isLessThanOrEqualTo(policy.maxPaddedTokens());
        }
        for (Item<Integer> item : batch.items()) {
            assertThat(left.add(item.payload()))
                    .as("seed %d: leaves once", seed)
                    .isTrue();
            assertThat(waiting.indexOf(item)).as("seed %d: look-ahead", seed).isLessThan(policy.lookAhead());
            assertThat(item.tokens()).isLessThanOrEqualTo(batch.paddedLength());
        }
        waiting.removeAll(batch.items());
    }

    private static long paddedInArrivalOrder(List<Integer> lengths, int count) {
        long padded = 0;
        for (int from = 0; from < lengths.size(); from += count) {
            List<Integer> batch = lengths.subList(from, Math.min(lengths.size(), from + count));
            padded += (long) batch.size()
                    * batch.stream().mapToInt(Integer::intValue).max().orElseThrow();
        }
        return padded;
    }

    private static <T> Item<T> item(T payload, int tokens, long arrival) {
        return new Item<>(payload, tokens, arrival, Item.NO_DEADLINE);
    }

    private static <T> Batch<T> run(Batcher<T> batcher, long now) {
        return batcher.poll(now).fold(Decision.Run::batch, wait -> {
            throw new AssertionError("waits " + wait.nanos() + " ns");
        });
    }

    private static <T> List<T> payloads(Batch<T> batch) {
        return batch.items().stream().map(Item::payload).toList();
    }
}
