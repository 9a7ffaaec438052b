package dev.forebay.processors.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageIndexTest {
    private static final UnitVector EAST = Vectors.unit(1, 0);
    private static final UnitVector NORTH = Vectors.unit(0, 1);
    private static final int THREADS = 8;

    private volatile Instant clock = Instant.parse("2026-11-26T10:00:00Z");
    private final PassageIndex index = new PassageIndex(1_000, () -> clock);

    @Test
    void scoreIsTheCosineAndThoseBelowTheLeastDoNotCount() {
        index.put(passage("east", null, EAST));
        index.put(passage("north", null, NORTH));
        index.put(passage("west", null, Vectors.unit(-1, 0)));

        assertThat(index.nearest(EAST, null, 3, -1)).extracting(Hit::score).containsExactly(1.0, 0.0, -1.0);
        assertThat(keys(EAST, null, 3, 0)).containsExactly("east", "north");
        assertThat(keys(EAST, null, 3, 0.5)).containsExactly("east");
        assertThat(keys(EAST, null, 1, -1)).containsExactly("east");
    }

    @Test
    void equallyNearPassagesComeInTheOrderOfTheirKeysWhateverTheOrderOfTheirRecords() {
        for (String key : List.of("d", "b", "e", "a", "c")) {
            index.put(passage(key, null, EAST));
        }

        assertThat(keys(EAST, null, 3, 0)).containsExactly("a", "b", "c");
    }

    @Test
    void tenantFindsItsOwnPassagesAloneHoweverNearThoseOfOthersAre() {
        for (int i = 0; i < 500; i++) {
            index.put(passage("other-" + i, "other", EAST));
        }
        index.put(passage("far", "acme", NORTH));

        assertThat(keys(EAST, "acme", 10, -1)).containsExactly("far");
        assertThat(keys(EAST, "nobody", 10, -1)).isEmpty();
        assertThat(keys(EAST, "Acme", 10, -1))
                .as("names are compared as they are written")
                .isEmpty();
    }

    @Test
    void passageThatChangesHandsIsFoundByItsNewTenantAlone() {
        index.put(passage("p", "acme", EAST));
        assertThat(keys(EAST, "acme", 3, -1)).containsExactly("p");

        index.put(passage("p", "bolt", EAST));
        clock = clock.plusSeconds(1);
        assertThat(keys(EAST, "acme", 3, -1)).isEmpty();
        assertThat(keys(EAST, "bolt", 3, -1)).containsExactly("p");
    }

    @Test
    void whatIsWrittenIsSeenAfterTheNextRefreshWhichIsNotMadeForEachRecord() {
        index.put(passage("a", null, EAST));
        assertThat(keys(EAST, null, 3, -1)).as("the first search sees all").containsExactly("a");

        index.put(passage("b", null, EAST));
        clock = clock.plusMillis(PassageIndex.REFRESH_MILLIS - 1);
        assertThat(keys(EAST, null, 3, -1)).containsExactly("a");
        clock = clock.plusMillis(1);
        assertThat(keys(EAST, null, 3, -1)).containsExactly("a", "b");

        index.delete("a");
        clock = clock.minusSeconds(60);
        assertThat(keys(EAST, null, 3, -1))
                .as("a clock that is set back does not hold up the refresh")
                .containsExactly("b");
    }

    /** The index looks at the clock before, in and after a refresh, and each time another passage comes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void passageThatComesWhileARefreshGoesOnIsSeenByTheNext(int passages) {
        AtomicInteger looks = new AtomicInteger();
        List<PassageIndex> written = new ArrayList<>();
        PassageIndex busy = new PassageIndex(1_000, () -> {
            if (looks.incrementAndGet() <= passages) {
                written.get(0).put(passage("p-" + looks, null, EAST));
            }
            return clock;
        });
        written.add(busy);
        for (int i = 0; i < passages; i++) {
            assertThat(busy.nearest(EAST, null, 10, -1)).hasSizeLessThanOrEqualTo(passages);
            clock = clock.plusSeconds(1);
        }

        assertThat(busy.nearest(EAST, null, 10, -1)).hasSize(passages);
    }

    @Test
    void atItsLimitTheIndexTakesOtherVersionsOfItsPassagesAndNewOnesForThoseThatGo() {
        PassageIndex small = new PassageIndex(2, () -> clock);
        assertThat(small.put(passage("a", null, EAST))).isTrue();
        assertThat(small.put(passage("b", null, EAST))).isTrue();
        assertThat(small.put(passage("c", null, EAST))).isFalse();
        assertThat(small.put(passage("a", null, NORTH))).isTrue();
        small.delete("gone");
        assertThat(small.put(passage("c", null, EAST))).isFalse();
        small.delete("b");
        assertThat(small.put(passage("c", null, EAST))).isTrue();

        assertThat(small.nearest(EAST, null, 3, -1)).extracting(Hit::key).containsExactly("c", "a");
    }

    @Test
    @Timeout(60)
    void firstSearchesOfManyThreadsAllSeeWhatWasThereBefore() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 20; round++) {
                PassageIndex fresh = new PassageIndex(1_000, () -> clock);
                Random random = new Random(round);
                for (int i = 0; i < 200; i++) {
                    fresh.put(passage("p-" + i, null, Vectors.random(random, 2)));
                }
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Integer>> found = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Callable<Integer> search = () -> {
                        start.await();
                        return fresh.nearest(EAST, null, 10, -1).size();
                    };
                    found.add(threads.submit(search));
                }
                start.countDown();
                for (Future<Integer> each : found) {
                    assertThat(each.get()).as("round %d", round).isEqualTo(10);
                }
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Timeout(120)
    void passageThatIsReplacedAllTheTimeIsNeverAbsentNorDoubled() throws Exception {
        PassageIndex real = new PassageIndex(1_000, Instant::now);
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            real.put(passage("p-" + i, "acme", Vectors.random(random, 2)));
        }
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> writing = thread.submit(() -> {
                int written = 0;
                while (!Thread.currentThread().isInterrupted()) {
                    real.put(passage("p-" + written % 20, "acme", Vectors.random(random, 2)));
                    written++;
                }
                return written;
            });
            Instant end = Instant.now().plusSeconds(2);
            while (Instant.now().isBefore(end) && !writing.isDone()) {
                assertThat(real.nearest(EAST, "acme", 50, -1))
                        .extracting(Hit::key)
                        .hasSize(20)
                        .doesNotHaveDuplicates();
            }
            assertThat(writing.isDone()).isFalse();
        } finally {
            thread.shutdownNow();
            assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<String> keys(UnitVector vector, @Nullable String tenant, int most, double least) {
        return index.nearest(vector, tenant, most, least).stream().map(Hit::key).toList();
    }

    private static Passage passage(String key, @Nullable String tenant, UnitVector vector) {
        return new Passage(key, tenant, vector, List.of("text"));
    }
}
