package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.observe.Total;
import dev.forebay.worker.observe.WorkerStats;
import dev.forebay.worker.reuse.ContentHash;
import dev.forebay.worker.reuse.ContentKey;
import dev.forebay.worker.reuse.VectorCache;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of two tenants over a small vocabulary, in virtual time: batches that end in any order, rows that fail, a
 * text that always does, deadlines that pass while a text waits for another's. Replay a failure by its seed.
 */
final class ReuseSimulationTest {
    private static final Task PLAIN = new WordsTask("plain", Task.Overlong.TRUNCATE, true);
    private static final Task STRICT = new WordsTask("strict", Task.Overlong.REJECT, true);
    private static final Task APART = new WordsTask("apart", Task.Overlong.TRUNCATE, false);
    private static final int CACHE_BYTES = 4_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRequestEndsOnceAndWithItsOwnAnswer(long seed) {
        new Run(seed, Bug.NONE).toTheEnd();
    }

    @Test
    void theRunsShareAndRepeatAndFailOften() {
        long coalesced = 0;
        long hits = 0;
        long misses = 0;
        int failures = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Run run = new Run(seed, Bug.NONE);
            run.toTheEnd();
            WorkerStats stats = run.tally.stats();
            coalesced += stats.coalesced();
            hits += stats.cacheHits();
            misses += stats.of(Total.CACHE_MISSES);
            failures += run.failures;
        }
        assertThat(coalesced).isGreaterThan(1_000);
        assertThat(hits).isGreaterThan(1_000);
        assertThat(misses).isGreaterThan(1_000);
        assertThat(failures).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theCheckerSeesABug(Bug bug) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 50; seed++) {
                        new Run(seed, bug).toTheEnd();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(bug.message);
    }

    /** What a run may get wrong, and what the checker says to it. */
    private enum Bug {
        NONE(""),
        TENANTS_SHARE_KEYS("was never computed for"),
        KEYS_OF_32_BITS("another's answer"),
        KEYS_NEVER_REPEAT("two at once"),
        FOLLOWERS_NEVER_EXPIRE("has outlived its deadline"),
        A_BATCH_IS_LOST("has not ended");

        private final String message;

        Bug(String message) {
            this.message = message;
        }
    }

    /** One seeded run. */
    private static final class Run {
        private final long seed;
        private final Bug bug;
        private final Random random;
        private final boolean withApart;
        private final Tally tally;
        private final TellingModel model;
        private final Coalescer texts;
        private final ModelLane lane;
        private final List<Assembly> open = new ArrayList<>();
        private final Set<Assembly> done = new HashSet<>();
        private final List<Batch<EncodeItem>> running = new ArrayList<>();
        private final Map<String, Long> lastFailure = new HashMap<>();
        private final Set<String> computed = new HashSet<>();
        private @Nullable Batch<EncodeItem> landing;
        private long now;
        private int failures;
        private boolean lost;

        Run(long seed, Bug bug) {
            this.seed = seed;
            this.bug = bug;
            this.random = new Random(seed);
            this.withApart = seed % 2 == 0;
            this.tally = new Tally(3, () -> now);
            this.model = new TellingModel(random, 6, this::failed);
            this.texts = new Coalescer(keys(), new VectorCache(CACHE_BYTES), this::completed, tally);
            this.lane = Lanes.over(model, texts, tally, () -> now);
        }

        private Supplier<Coalescer.Keys> keys() {
            ContentHash hash = new ContentHash(ContentHash.Scope.of(TellingModel.DESCRIPTION));
            return () -> switch (bug) {
                case TENANTS_SHARE_KEYS -> (tenant, task, text) -> hash.key("", task, text);
                case KEYS_OF_32_BITS ->
                    (tenant, task, text) -> new ContentKey((tenant + task + text).hashCode(), 0, 0, 0);
                case KEYS_NEVER_REPEAT -> (tenant, task, text) -> new ContentKey(random.nextLong(), 0, 0, 0);
                default -> hash::key;
            };
        }

        void toTheEnd() {
            for (int step = 0; step < 600; step++) {
                now += random.nextInt(4);
                switch (random.nextInt(5)) {
                    case 0 -> lane.offer(arrivals());
                    case 1, 2 -> take();
                    default -> land();
                }
                expire();
                check();
            }
            while (!running.isEmpty() || lane.queue().size() > 0) {
                now++;
                take();
                land();
                expire();
                check();
            }
            open.removeAll(done);
            if (!open.isEmpty()) {
                throw wrong(open.get(0), "has not ended");
            }
            assertThat(texts.inFlight())
                    .as("seed %d: in flight at the end", seed)
                    .isZero();
        }

        private List<Assembly> arrivals() {
            List<Assembly> arrivals = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                List<String> words = new ArrayList<>();
                for (int word = 1 + random.nextInt(3); word > 0; word--) {
                    // a few often, the rest seldom
                    int bound = 1 + random.nextInt(TellingModel.VOCABULARY.size());
                    words.add(TellingModel.VOCABULARY.get(random.nextInt(bound)));
                }
                List<Task> tasks = withApart ? List.of(PLAIN, STRICT, APART) : List.of(PLAIN, STRICT);
                Task task = tasks.get(random.nextInt(tasks.size()));
                long deadline = random.nextInt(3) == 0 ? Item.NO_DEADLINE : now + 1 + random.nextInt(60);
                arrivals.add(Requests.assembly(
                        Requests.request(
                                random.nextBoolean() ? "a" : "b",
                                task,
                                String.join(" ", words),
                                random.nextInt(4) == 0 ? Lane.BULK : Lane.LIVE),
                        task,
                        now,
                        deadline));
            }
            open.addAll(arrivals);
            return arrivals;
        }

        private void take() {
            Batch<EncodeItem> batch = running.size() < 3 ? lane.queue().poll() : null;
            if (batch != null) {
                running.add(batch);
            }
        }

        private void land() {
            if (running.isEmpty()) {
                return;
            }
            Batch<EncodeItem> batch = running.remove(random.nextInt(running.size()));
            if (bug == Bug.A_BATCH_IS_LOST && !lost) {
                lost = true;
                return;
            }
            landing = batch;
            batch.items().forEach(item -> computed.add(owner(item.payload().slot())));
            lane.run(batch);
        }

        private void expire() {
            if (bug == Bug.FOLLOWERS_NEVER_EXPIRE) {
                lane.queue().expire();
            } else {
                lane.expire();
            }
        }

        private void completed(Assembly assembly) {
            if (!done.add(assembly)) {
                throw wrong(assembly, "has ended twice");
            }
            ReasonCode refusal = assembly.refusal();
            if (refusal == ReasonCode.EXPIRED) {
                assertThat(assembly.deadlineNanos())
                        .as("seed %d: deadline", seed)
                        .isLessThanOrEqualTo(now);
            } else if (refusal != null) {
                assertThat(refusal).isEqualTo(ReasonCode.TEXT_TOO_LONG);
                assertThat(assembly.task()).isEqualTo(STRICT);
                assertThat(assembly.texts()).as("seed %d: too long", seed).contains(TellingModel.LONG);
            } else if (assembly.failure() == null) {
                answered(assembly);
            } else {
                failed(assembly);
            }
        }

        private void answered(Assembly assembly) {
            List<float[]> vectors = assembly.vectors();
            int tokens = 0;
            for (int i = 0; i < vectors.size(); i++) {
                String text = assembly.texts().get(i);
                tokens += TellingModel.tokens(text);
                if (vectors.get(i)[0] != TellingModel.answer(text)) {
                    throw wrong(assembly, "has another's answer to " + text);
                }
                if (!computed.contains(owner(new Slot(assembly, i, null)))) {
                    throw wrong(assembly, "has an answer to " + text + " that was never computed for its tenant");
                }
            }
            assertThat(assembly.tokens()).as("seed %d: tokens", seed).isEqualTo(tokens);
            assertThat(assembly.truncated())
                    .as("seed %d: truncated", seed)
                    .isEqualTo(assembly.texts().contains(TellingModel.LONG));
        }

        private void failed(Tokens tokens) {
            failures++;
            for (Item<EncodeItem> item : Objects.requireNonNull(landing).items()) {
                if (item.payload().tokens().equals(tokens)) {
                    lastFailure.put(owner(item.payload().slot()), now);
                }
            }
        }

        /** A failure from before it came would be one that was kept. */
        private void failed(Assembly assembly) {
            for (int i = 0; i < assembly.texts().size(); i++) {
                if (lastFailure.getOrDefault(owner(new Slot(assembly, i, null)), -1L) >= assembly.arrivalNanos()) {
                    return;
                }
            }
            throw wrong(assembly, "has failed although none of its texts has since it came");
        }

        private void check() {
            Set<String> atOnce = new HashSet<>();
            Set<Assembly> inside = new LinkedHashSet<>();
            int items = lane.queue().size();
            for (Batch<EncodeItem> batch : running) {
                items += batch.count();
                for (Item<EncodeItem> item : batch.items()) {
                    Slot slot = item.payload().slot();
                    inside.add(slot.assembly());
                    if (slot.assembly().task().reuse() && !atOnce.add(owner(slot) + item.lane())) {
                        throw wrong(slot.assembly(), "is with the model for " + slot.text() + " two at once");
                    }
                }
            }
            if (!withApart && !lost) {
                assertThat(items)
                        .as("seed %d: one item per text on its way", seed)
                        .isEqualTo(texts.inFlight());
            }
            for (Assembly assembly : open) {
                if (!lost && assembly.deadlineNanos() <= now && !assembly.ended() && !inside.contains(assembly)) {
                    throw wrong(assembly, "has outlived its deadline");
                }
            }
            open.removeIf(Assembly::ended);
        }

        private static String owner(Slot slot) {
            return slot.assembly().request().getTenant() + "/"
                    + slot.assembly().task().name() + "/" + slot.text();
        }

        private AssertionError wrong(Assembly assembly, String what) {
            return new AssertionError("seed " + seed + " at " + now + ": " + assembly.request() + " " + what);
        }
    }
}
