package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.record.Lane;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.reuse.VectorCache;
import dev.forebay.worker.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ExecutorThreadsTest {
    private static final Task TASK = new WordsTask("words", Task.Overlong.TRUNCATE, true);

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final TellingModel model = new TellingModel(new Random(1), 0, tokens -> {}) {
        @Override
        public List<Inference> infer(List<Tokens> batch) {
            inside.countDown();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.infer(batch);
        }
    };
    private final ModelLane lane = Lanes.over(
            model,
            new Coalescer(TellingModel.DESCRIPTION, new VectorCache(0), assembly -> {}, new WorkerMetrics() {}),
            new WorkerMetrics() {},
            System::nanoTime);

    @Test
    void closingDoesNotWaitForACallThatHangs() throws InterruptedException {
        ExecutorThreads executors = ExecutorThreads.start(lane, 2, failures::add);
        lane.offer(
                List.of(Requests.assembly(Requests.request("t", TASK, "one", Lane.LIVE), TASK, 0, Item.NO_DEADLINE)));
        inside.await();
        long start = System.nanoTime();

        executors.close();

        assertThat(executors.hang()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        answers.countDown();
        assertThat(failures).isEmpty();
    }

    @Test
    void closingWaitsForABatchThatEnds() throws InterruptedException {
        ExecutorThreads executors = ExecutorThreads.start(lane, 2, failures::add);
        lane.offer(
                List.of(Requests.assembly(Requests.request("t", TASK, "one", Lane.LIVE), TASK, 0, Item.NO_DEADLINE)));
        inside.await();
        answers.countDown();

        executors.close();

        assertThat(executors.hang()).isFalse();
        assertThat(model.seen()).isEqualTo(1);
        assertThat(failures).isEmpty();
    }
}
