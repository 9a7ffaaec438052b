package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.schemas.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchRunnerTest {
    private static final long BAD = 666;
    private static final long NOT_FINITE = 667;

    @Test
    void everyItemGetsItsOwnVector() {
        List<ItemOutcome> outcomes = runner(new MarkerModel()).run(items(1, 2, 3));

        assertThat(outcomes).extracting(BatchRunnerTest::first).containsExactly(1f, 2f, 3f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 32, 33, 64, 100})
    void oneBadItemCostsItsNeighboursNothing(int size) {
        for (int bad = 0; bad < size; bad++) {
            MarkerModel model = new MarkerModel();
            long[] ids = new long[size];
            for (int i = 0; i < size; i++) {
                ids[i] = i == bad ? BAD : i;
            }

            List<ItemOutcome> outcomes = runner(model).run(items(ids));

            for (int i = 0; i < size; i++) {
                if (i == bad) {
                    assertThat(outcomes.get(i))
                            .isEqualTo(new ItemOutcome.Failed(ReasonCode.MODEL_ERROR, "bad item", false));
                } else {
                    assertThat(first(outcomes.get(i))).isEqualTo((float) i);
                }
            }
            double extraRuns = 2 * Math.ceil(Math.log(size) / Math.log(2));
            assertThat(model.runs - 1).as("extra runs for %d", size).isLessThanOrEqualTo((int) extraRuns);
        }
    }

    @Test
    void rowThatIsNotFiniteFailsAlone() {
        List<ItemOutcome> outcomes = runner(new MarkerModel()).run(items(1, NOT_FINITE, 3));

        assertThat(outcomes.get(1))
                .isEqualTo(new ItemOutcome.Failed(ReasonCode.INVALID_MODEL_OUTPUT, "not finite", false));
        assertThat(first(outcomes.get(2))).isEqualTo(3f);
    }

    @Test
    void rowsThatDoNotMatchItemsAreNeverHandedOut() {
        MarkerModel dropsRows = new MarkerModel() {
            @Override
            public List<Inference> infer(List<Tokens> batch) {
                return batch.size() > 1 ? super.infer(batch).subList(1, batch.size()) : super.infer(batch);
            }
        };

        List<ItemOutcome> outcomes = runner(dropsRows).run(items(1, 2, 3, 4));

        assertThat(outcomes).extracting(BatchRunnerTest::first).containsExactly(1f, 2f, 3f, 4f);
    }

    @Test
    void whoeverWaitsForTheDeviceIsNotPresent() throws InterruptedException {
        Set<String> present = ConcurrentHashMap.newKeySet();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BatchRunner runner = runner(new MarkerModel() {
            @Override
            public List<Inference> infer(List<Tokens> batch) {
                if (batch.get(0).ids()[0] == 1) {
                    inside.countDown();
                    awaitQuietly(goOn);
                }
                return super.infer(batch);
            }
        });
        Thread suspect = new Thread(() -> runner.runAlone(items(1).get(0), presence(present, "suspect")));
        Thread others = new Thread(() -> runner.run(items(2, 3), presence(present, "others")));
        suspect.start();
        inside.await();
        others.start();
        await().until(() -> others.getState() == Thread.State.WAITING);

        assertThat(present).containsExactly("suspect");
        goOn.countDown();
        suspect.join();
        others.join();
        assertThat(present).isEmpty();
    }

    @Test
    void whatFailedIsNotPresentAnyMore() {
        Set<String> present = ConcurrentHashMap.newKeySet();

        runner(new MarkerModel()).run(items(1, BAD, 3), presence(present, "batch"));

        assertThat(present).isEmpty();
    }

    private static Supplier<BatchRunner.Presence> presence(Set<String> present, String name) {
        return () -> {
            assertThat(present.add(name)).isTrue();
            return () -> present.remove(name);
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BatchRunner runner(Model model) {
        return new BatchRunner(model, new TokenBudget(1024, (now, learned, halvings) -> {}));
    }

    private static List<Tokens> items(long... ids) {
        List<Tokens> items = new ArrayList<>();
        for (long id : ids) {
            items.add(new Tokens(new long[] {id}, false));
        }
        return items;
    }

    private static float first(ItemOutcome outcome) {
        return outcome.fold(encoded -> encoded.vector()[0], failed -> Float.NaN);
    }

    /** Gives the first token id back; fails on markers. */
    private static class MarkerModel implements Model {
        private int runs;

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            runs++;
            List<Inference> inferences = new ArrayList<>();
            for (Tokens tokens : batch) {
                long id = tokens.ids()[0];
                if (id == BAD) {
                    throw new ModelException("bad item", null);
                }
                inferences.add(
                        id == NOT_FINITE
                                ? new Inference.Invalid("not finite")
                                : new Inference.Vector(new float[] {id}));
            }
            return inferences;
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("marker", "1", 1, 8, "fp32", "cpu");
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
