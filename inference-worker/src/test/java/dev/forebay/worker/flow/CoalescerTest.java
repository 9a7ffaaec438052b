package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.observe.Tally;
import dev.forebay.worker.reuse.VectorCache;
import dev.forebay.worker.state.Suspicion;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CoalescerTest {
    private static final Task TASK = new WordsTask("words", Task.Overlong.TRUNCATE, true);
    private static final Task STRICT = new WordsTask("strict", Task.Overlong.REJECT, true);
    private static final Task APART = new WordsTask("apart", Task.Overlong.TRUNCATE, false);

    private long now;
    private final Queue<Assembly> ended = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally(2, System::nanoTime);
    private final TellingModel model = new TellingModel(new Random(1), 0, tokens -> {});
    private final Coalescer texts =
            new Coalescer(TellingModel.DESCRIPTION, new VectorCache(1 << 20), ended::add, tally);
    private final ModelLane lane = Lanes.over(model, texts, tally, () -> now);

    @Test
    void equalTextsInFlightGoThroughOnce() {
        Assembly first = offer(TASK, "one", Item.NO_DEADLINE);
        Assembly second = offer(TASK, "one two", Item.NO_DEADLINE);
        Assembly third = offer(TASK, "one one one", Item.NO_DEADLINE);

        assertThat(lane.queue().size()).isEqualTo(2);
        runAll();

        assertThat(ended).containsExactlyInAnyOrder(first, second, third);
        assertThat(third.vectors()).allSatisfy(vector -> assertThat(vector[0]).isEqualTo(TellingModel.answer("one")));
        assertThat(model.seen()).isEqualTo(2);
        assertThat(tally.stats().coalesced()).isEqualTo(4);
    }

    @Test
    void aTextThatComesAgainIsAnsweredAtOnceWithItsTokens() {
        offer(TASK, TellingModel.LONG, Item.NO_DEADLINE);
        runAll();
        ended.clear();

        Assembly again = offer(TASK, TellingModel.LONG, Item.NO_DEADLINE);

        assertThat(ended).containsExactly(again);
        assertThat(again.tokens()).isEqualTo(TellingModel.DESCRIPTION.maxTokens());
        assertThat(again.truncated()).isTrue();
        assertThat(tally.stats().cacheHits()).isEqualTo(1);
    }

    @Test
    void aTaskWithoutReuseSharesNothing() {
        offer(APART, "one one", Item.NO_DEADLINE);
        offer(APART, "one", Item.NO_DEADLINE);
        runAll();
        offer(APART, "one", Item.NO_DEADLINE);
        runAll();

        assertThat(model.seen()).isEqualTo(4);
        assertThat(tally.stats().cacheHits() + tally.stats().coalesced()).isZero();
    }

    @Test
    void anExpiredLeaderTakesNobodyWithIt() {
        Assembly leader = offer(TASK, "one", 10);
        Assembly soon = offer(TASK, "one", 12);
        Assembly patient = offer(TASK, "one", Item.NO_DEADLINE);
        now = 10;
        lane.expire();

        assertThat(ended).containsExactly(leader);
        assertThat(leader.refusal()).isEqualTo(ReasonCode.EXPIRED);
        assertThat(lane.queue().size()).isEqualTo(1);
        now = 12;
        lane.expire();

        assertThat(ended).containsExactly(leader, soon);
        runAll();
        assertThat(patient.refusal()).isNull();
        assertThat(patient.vectors()).hasSize(1);
    }

    @Test
    void nothingRunsForRequestsThatHaveAllExpired() {
        offer(TASK, "one", 10);
        offer(TASK, "one", 10);
        now = 10;
        lane.expire();

        assertThat(ended).hasSize(2);
        assertThat(lane.queue().size()).isZero();
        assertThat(texts.inFlight()).isZero();
    }

    @Test
    void aTextThatAlwaysFailsIsTriedTwiceHoweverManyWait() {
        for (int i = 0; i < 10; i++) {
            offer(TASK, TellingModel.POISON, Item.NO_DEADLINE);
        }
        runAll();

        assertThat(ended).hasSize(10).allSatisfy(assembly -> assertThat(assembly.failure())
                .isNotNull()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ReasonCode.MODEL_ERROR)));
        assertThat(tally.stats().batches()).isEqualTo(2);
        assertThat(tally.stats().cacheHits()).isZero();
    }

    @Test
    void aTextThatIsTooLongRefusesEveryoneAndFreesTheirOtherTexts() {
        Assembly long1 = offer(STRICT, "one " + TellingModel.LONG, Item.NO_DEADLINE);
        Assembly long2 = offer(STRICT, TellingModel.LONG + " two", Item.NO_DEADLINE);
        Assembly fine = offer(STRICT, "one two", Item.NO_DEADLINE);
        runAll();

        assertThat(ended).containsExactly(long1, long2, fine);
        assertThat(long2.refusal()).isEqualTo(ReasonCode.TEXT_TOO_LONG);
        assertThat(fine.vectors()).hasSize(2);
        assertThat(texts.inFlight()).isZero();
    }

    @Test
    void aLiveTextDoesNotWaitForABulkOne() {
        lane.offer(List.of(assembly(TASK, "one", Item.NO_DEADLINE, Lane.BULK)));
        lane.offer(List.of(assembly(TASK, "one", Item.NO_DEADLINE, Lane.LIVE)));

        assertThat(lane.queue().size()).isEqualTo(2);
    }

    /** Readers, executors and deadlines on threads of their own, over few texts, some of which fail. */
    @Test
    void everyRequestOfManyThreadsEndsOnce() throws InterruptedException {
        int readers = 3;
        int each = 4_000;
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        TellingModel failing = new TellingModel(new Random(2), 20, tokens -> {});
        Queue<Assembly> finished = new ConcurrentLinkedQueue<>();
        ModelLane shared = Lanes.over(
                failing,
                new Coalescer(TellingModel.DESCRIPTION, new VectorCache(2_000), finished::add, tally),
                tally,
                System::nanoTime);
        List<Thread> threads = new ArrayList<>();
        try (ExecutorThreads executors = ExecutorThreads.start(shared, 2, failure::set)) {
            for (int reader = 0; reader < readers; reader++) {
                Random random = new Random(reader);
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        String text = TellingModel.VOCABULARY.get(random.nextInt(TellingModel.VOCABULARY.size()));
                        long deadline =
                                random.nextBoolean() ? Item.NO_DEADLINE : System.nanoTime() + random.nextInt(2_000_000);
                        shared.offer(List.of(assembly(TASK, text, deadline, Lane.LIVE)));
                    }
                });
                threads.add(thread);
                thread.start();
            }
            await().until(() -> {
                shared.expire();
                return finished.size() >= readers * each;
            });
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(failure.get()).isNull();
        assertThat(finished).doesNotHaveDuplicates().hasSize(readers * each).allSatisfy(assembly -> {
            if (assembly.refusal() == null && assembly.failure() == null) {
                String text = assembly.texts().get(0);
                assertThat(assembly.vectors().get(0)[0]).isEqualTo(TellingModel.answer(text));
            }
        });
    }

    @Test
    void aTextThatMayCrashTheProcessIsNeitherSharedNorAnsweredFromTheCache() {
        offer(TASK, "one", Item.NO_DEADLINE);
        runAll();
        long seen = model.seen();

        Assembly suspect = suspect("one one");
        Assembly follower = offer(TASK, "two", Item.NO_DEADLINE);
        Assembly suspectToo = suspect("two");

        for (int i = 0; i < 3; i++) {
            Batch<EncodeItem> batch = Objects.requireNonNull(lane.queue().poll());
            assertThat(batch.reason()).isEqualTo(Batch.Reason.ALONE);
            assertThat(batch.count()).isEqualTo(1);
            lane.run(batch);
        }
        assertThat(ended).contains(suspect, suspectToo).doesNotContain(follower);
        assertThat(model.seen() - seen).isEqualTo(3);
        runAll();
        assertThat(ended).contains(follower);
    }

    private Assembly suspect(String text) {
        Assembly suspect = Requests.assembly(
                Requests.request("t", TASK, text, Lane.LIVE), TASK, 0, Item.NO_DEADLINE, Suspicion.STRONG);
        lane.offer(List.of(suspect));
        return suspect;
    }

    private Assembly offer(Task task, String text, long deadline) {
        Assembly assembly = assembly(task, text, deadline, Lane.LIVE);
        lane.offer(List.of(assembly));
        return assembly;
    }

    private static Assembly assembly(Task task, String text, long deadline, Lane urgency) {
        return Requests.assembly(Requests.request("t", task, text, urgency), task, 0, deadline);
    }

    private void runAll() {
        while (lane.queue().size() > 0) {
            Batch<EncodeItem> batch = Objects.requireNonNull(lane.queue().poll());
            lane.run(batch);
        }
    }
}
