package dev.forebay.worker.flow;

import dev.forebay.worker.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The threads that run batches of one lane: as many as the device should have calls at once. */
public final class ExecutorThreads implements AutoCloseable {
    private final ModelLane lane;
    private final List<Thread> threads = new ArrayList<>();

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

    /** Lets the batches that run come to their end; the engine does not survive less. */
    @Override
    public void close() {
        lane.queue().close();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
