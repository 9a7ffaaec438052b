package dev.forebay.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LanesTest {
    private static final BatchPolicy POLICY = new BatchPolicy(128, 8, 64, 8, 0);
    private static final long BOUND = LanePolicy.DEFAULT.liveBoundNanos();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @Test
    void liveGoesFirst() {
        Batcher<String> batcher = new Batcher<>(POLICY);
        offer(batcher, Lane.BULK, "bulk", 50, 0);
        offer(batcher, Lane.LIVE, "live", 10, 5);

        assertThat(poll(batcher, 5)).containsExactly("live");
        assertThat(poll(batcher, 5)).containsExactly("bulk");
    }

    @Test
    void bulkFillsTheRoomOfALiveBatchAndDoublesItsCostAtMost() {
        Batcher<String> batcher = new Batcher<>(POLICY);
        for (int i = 0; i < 8; i++) {
            offer(batcher, Lane.BULK, "bulk" + i, 20 - i % 2, 0);
        }
        offer(batcher, Lane.LIVE, "live", 24, 0);

        // 24 padded tokens and 32 for the call: two more rows of 24 make it less than twice 56
        assertThat(poll(batcher, 0)).containsExactly("live", "bulk0", "bulk1");
    }

    @Test
    void bulkLongerThanALiveBatchDoesNotJoinIt() {
        Batcher<String> batcher = new Batcher<>(POLICY);
        offer(batcher, Lane.BULK, "long", 60, 0);
        offer(batcher, Lane.BULK, "short", 5, 0);
        offer(batcher, Lane.LIVE, "live", 10, 0);

        assertThat(poll(batcher, 0)).containsExactly("live", "short");
        assertThat(poll(batcher, 0)).containsExactly("long");
    }

    @Test
    void longBulkItemLeavesHoweverOftenShorterOnesFillUp() {
        Batcher<String> batcher = new Batcher<>(POLICY);
        offer(batcher, Lane.BULK, "long", 120, 0);
        for (int i = 0; i < 10_000; i++) {
            offer(batcher, Lane.BULK, "short", 16, 0);
        }

        int batches = 0;
        boolean left = false;
        while (!left) {
            offer(batcher, Lane.LIVE, "live", 16, 0);
            left = poll(batcher, 0).contains("long");
            assertThat(++batches).isLessThan(2 * BulkAccount.PATIENCE * 128 * 10 / 16);
        }
    }

    @Test
    void bulkDoesNotJoinThoseWhoHaveWaitedForTooLong() {
        Batcher<String> batcher = new Batcher<>(POLICY);
        offer(batcher, Lane.BULK, "bulk", 5, 0);
        offer(batcher, Lane.LIVE, "live", 10, 0);

        assertThat(poll(batcher, BOUND)).containsExactly("live");
    }

    @Test
    void bulkYieldsToALateLiveItemAndItsTurnComesLater() {
        Batcher<String> batcher = new Batcher<>(POLICY, new LanePolicy(0.25, BOUND, LanePolicy.NO_LOWER_BOUND));
        for (int i = 0; i < 2_000; i++) {
            offer(batcher, Lane.LIVE, "live", 128, 0);
            offer(batcher, Lane.BULK, "bulk", 128, 0);
        }

        // owed from the first live batch on, but its turn comes when it is owed eight budgets: 8 / 0.25 live batches
        for (int i = 0; i < 32; i++) {
            assertThat(poll(batcher, BOUND)).as("batch %d", i).containsExactly("live");
        }
        assertThat(poll(batcher, BOUND)).containsExactly("bulk");
    }

    @Test
    void bulkBatchesAreSmallWhileLiveIsAboutWhereThatIsAskedFor() {
        Batcher<String> batcher = new Batcher<>(POLICY, new LanePolicy(0.1, BOUND, 32));
        for (int i = 0; i < 20; i++) {
            offer(batcher, Lane.BULK, "bulk", 16, 0);
        }
        assertThat(poll(batcher, 0)).hasSize(8);
        offer(batcher, Lane.LIVE, "live", 128, 0);
        poll(batcher, BOUND);

        assertThat(poll(batcher, BOUND)).hasSize(2);
        assertThat(poll(batcher, 1_000_000_000)).hasSize(8);
    }

    @Test
    void itemsOfBothLanesExpireWhereverTheyWait() {
        Batcher<Integer> batcher = new Batcher<>(new BatchPolicy(8, 1, 2, 8, 0));
        for (int i = 0; i < 20; i++) {
            Lane lane = i % 2 == 0 ? Lane.LIVE : Lane.BULK;
            batcher.offer(new Item<>(i, 5, 0, i < 2 || i >= 18 ? 50 - i : Item.NO_DEADLINE, lane));
        }

        assertThat(batcher.expire(50)).extracting(Item::payload).containsExactly(19, 18, 1, 0);
        assertThat(batcher.size()).isEqualTo(16);
        assertThat(batcher.expire(50)).isEmpty();
    }

    @Test
    void hundredThousandOfEachLaneLeaveOldestFirstInLinearTime() {
        Batcher<Integer> batcher = new Batcher<>(POLICY);
        for (int i = 0; i < 100_000; i++) {
            batcher.offer(new Item<>(i, 16, 0, 1_000_000 + i % 1_000, Lane.LIVE));
            batcher.offer(new Item<>(i, 16, 0, Item.NO_DEADLINE, Lane.BULK));
        }

        assertTimeout(Duration.ofSeconds(20), () -> {
            int[] next = new int[2];
            while (batcher.size() > 0) {
                assertThat(batcher.expire(0)).isEmpty();
                for (Item<Integer> item : run(batcher, 0).items()) {
                    if (item.payload() != next[index(item.lane())]++) {
                        throw new AssertionError("item " + item.payload() + " left out of order");
                    }
                }
            }
            assertThat(next).containsExactly(100_000, 100_000);
        });
    }

    @Test
    void hundredThousandDeadlinesPassInLinearTime() {
        Batcher<Integer> batcher = new Batcher<>(POLICY);
        for (int i = 0; i < 100_000; i++) {
            batcher.offer(new Item<>(i, 16, 0, 1 + i, i % 2 == 0 ? Lane.LIVE : Lane.BULK));
        }

        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int now = 1; now <= 100_000; now++) {
                assertThat(batcher.expire(now)).hasSize(1);
            }
        });
        assertThat(batcher.size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bulkGetsItsShareAndNobodyIsOvertakenForLong(long seed) {
        Random random = new Random(seed);
        new Overload(random, new LanePolicy(random.nextInt(11) * 0.05, BOUND, LanePolicy.NO_LOWER_BOUND)).run(seed);
    }

    @Test
    void checkerSeesABatcherThatGivesBulkNothing() {
        LanePolicy said = new LanePolicy(0.2, BOUND, LanePolicy.NO_LOWER_BOUND);
        LanePolicy done = new LanePolicy(0, BOUND, LanePolicy.NO_LOWER_BOUND);

        assertThatThrownBy(() -> new Overload(new Random(1), said, done).run(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bulk is behind its share");
    }

    @Test
    void checkerSeesABatcherThatGivesBulkTooMuchAtOnce() {
        LanePolicy said = new LanePolicy(0.05, BOUND, LanePolicy.NO_LOWER_BOUND);
        LanePolicy done = new LanePolicy(0.5, BOUND, LanePolicy.NO_LOWER_BOUND);

        assertThatThrownBy(() -> new Overload(new Random(1), said, done).run(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("overtook the oldest live item");
    }

    @Test
    void sharesOutsideZeroToOneHalfAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LanePolicy(0.51, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LanePolicy(-0.1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LanePolicy(Double.NaN, 0, 1));
    }

    /** More of both lanes than leaves, of random lengths and ages, with the bounds that the package promises. */
    private static final class Overload {
        private static final int LONGEST = 200;

        private final Random random;
        private final LanePolicy said;
        private final BatchPolicy policy;
        private final Batcher<Integer> batcher;
        private final List<List<Integer>> waiting = List.of(new ArrayList<>(), new ArrayList<>());
        private final int largest;
        private int offered;
        private double ahead;
        private double mostAhead;
        private long overLive;
        private long overBulk;

        Overload(Random random, LanePolicy lanes) {
            this(random, lanes, lanes);
        }

        Overload(Random random, LanePolicy said, LanePolicy done) {
            this.random = random;
            this.said = said;
            this.policy = new BatchPolicy(64 + random.nextInt(600), 1 + random.nextInt(40), 64, 8, 0);
            this.batcher = new Batcher<>(policy, done);
            this.largest = Math.max(policy.maxPaddedTokens(), policy.padded(LONGEST));
        }

        void run(long seed) {
            boolean shortLive = random.nextBoolean();
            for (int step = 0; step < 8_000; step++) {
                offerBoth(shortLive ? 20 : LONGEST);
                // at times every live item is late, at times none
                check(LanesTest.run(batcher, step / 2_000 % 2 == 0 ? 0 : BOUND), seed);
            }
        }

        private void offerBoth(int longestLive) {
            while (waiting.get(0).size() < 64 || waiting.get(1).size() < 64) {
                Lane lane = waiting.get(0).size() < 64 ? Lane.LIVE : Lane.BULK;
                int length = 1 + random.nextInt(lane == Lane.LIVE ? longestLive : LONGEST);
                batcher.offer(new Item<>(offered, length, 0, Item.NO_DEADLINE, lane));
                waiting.get(index(lane)).add(offered++);
            }
        }

        private void check(Batch<Integer> batch, long seed) {
            int[] padded = new int[2];
            int oldestLive = waiting.get(0).get(0);
            int oldestBulk = waiting.get(1).get(0);
            batch.items().forEach(item -> padded[index(item.lane())] += batch.paddedLength());
            batch.items().forEach(item -> waiting.get(index(item.lane())).remove((Object) item.payload()));
            boolean liveLeft = waiting.get(0).get(0) != oldestLive;
            boolean bulkLeft = waiting.get(1).get(0) != oldestBulk;

            assertThat(padded[0] > 0 ? liveLeft : bulkLeft)
                    .as("seed %d: the batch holds the oldest of its lane", seed)
                    .isTrue();
            checkShare(padded, seed);
            double turn = 2 * said.bulkShare() / (1 - said.bulkShare()) * largest + largest;
            overLive = liveLeft ? 0 : overLive + padded[1];
            assertThat((double) overLive)
                    .as("seed %d: padded tokens of bulk that overtook the oldest live item", seed)
                    .isLessThanOrEqualTo(turn);
            overBulk = bulkLeft ? 0 : overBulk + padded[0];
            double patience = 2.0 * BulkAccount.PATIENCE * policy.maxPaddedTokens();
            assertThat(said.bulkShare() * overBulk)
                    .as("seed %d: live that overtook the oldest bulk item, times the share", seed)
                    .isLessThanOrEqualTo(patience + said.bulkShare() * largest + 1e-6);
        }

        /** Over any stretch: bulk has its share of the padded tokens, but for a constant. */
        private void checkShare(int[] padded, long seed) {
            ahead += padded[1] - said.bulkShare() * (padded[0] + padded[1]);
            mostAhead = Math.max(mostAhead, ahead);
            assertThat(mostAhead - ahead)
                    .as("seed %d: bulk is behind its share by so many padded tokens", seed)
                    .isLessThanOrEqualTo(
                            2.0 * BulkAccount.PATIENCE * policy.maxPaddedTokens() + said.bulkShare() * largest + 1e-6);
        }
    }

    private static void offer(Batcher<String> batcher, Lane lane, String payload, int tokens, long arrival) {
        batcher.offer(new Item<>(payload, tokens, arrival, Item.NO_DEADLINE, lane));
    }

    private static List<String> poll(Batcher<String> batcher, long now) {
        return run(batcher, now).items().stream().map(Item::payload).toList();
    }

    private static int index(Lane lane) {
        return lane == Lane.LIVE ? 0 : 1;
    }

    private static <T> Batch<T> run(Batcher<T> batcher, long now) {
        return batcher.poll(now).fold(Decision.Run::batch, wait -> {
            throw new AssertionError("waits " + wait.nanos() + " ns");
        });
    }
}
