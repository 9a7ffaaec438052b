package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The threads that run batches of one lane: as many as the device should have calls at once. */
public final class ExecutorThreads implements AutoCloseable {
    /** What a batch may still take when nothing waits for it any more. */
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);

    private final ModelLane lane;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean hang;

    /** @param fatal told of what escaped a batch: an error of the machine, or our bug */
    public static ExecutorThreads start(ModelLane lane, int count, Consumer<Throwable> fatal) {
        ExecutorThreads executors = new ExecutorThreads(lane);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> executors.loop(fatal), "forebay-infer-" + i);
            thread.setDaemon(true);
            executors.threads.add(thread);
            thread.start();
        }
        return executors;
    }

    private ExecutorThreads(ModelLane lane) {
        this.lane = lane;
    }

    private void loop(Consumer<Throwable> fatal) {
        try {
            for (Batch<EncodeItem> batch = lane.queue().take();
                    batch != null;
                    batch = lane.queue().take()) {
                lane.run(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    /**
     * Lets the batches that run come to their end, but waits for none that hangs: the threads are daemons, and the process
     * is about to end.
     */
    @Override
    public void close() {
        lane.queue().close();
        for (Thread thread : threads) {
            try {
                thread.join(hang ? 1 : LAST_BATCH.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hang |= thread.isAlive();
        }
    }

    /** Whether one was still inside the model when this was closed. */
    public boolean hang() {
        return hang;
    }
}
