package dev.forebay.worker.flow;

import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.worker.observe.Obstacles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A queue with threads that take from it in small groups. Not bounded itself: the bound on what is in flight is. While
 * the registry is away the threads keep what they took, wait and try again.
 */
public final class Stage<T> implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long IDLE_CHECK_MILLIS = 50;

    private final String name;
    private final int groupSize;
    private final Consumer<List<T>> step;
    private final Obstacles obstacles;
    private final Consumer<Throwable> fatal;
    private final LinkedBlockingQueue<T> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param step removes from its list what it has done
     * @param fatal told of what a step threw, other than that the registry is away
     */
    public Stage(String name, int groupSize, Consumer<List<T>> step, Obstacles obstacles, Consumer<Throwable> fatal) {
        this.name = name;
        this.groupSize = groupSize;
        this.step = step;
        this.obstacles = obstacles;
        this.fatal = fatal;
    }

    public void put(T element) {
        queue.add(element);
    }

    public void start(int threadCount) {
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::loop, "forebay-" + name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Does what is queued, on the caller's thread. */
    public void runQueued() {
        List<T> group = new ArrayList<>();
        while (queue.drainTo(group, groupSize) > 0) {
            step.accept(group);
            group.clear();
        }
    }

    private void loop() {
        List<T> group = new ArrayList<>();
        try {
            while (!closed || !queue.isEmpty()) {
                T first = queue.poll(IDLE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, groupSize - 1);
                    runUntilDone(group);
                }
            }
        } catch (InterruptedException e) {
            // close() gives up on what is left; it was not acknowledged and will be read again
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    private void runUntilDone(List<T> group) throws InterruptedException {
        boolean waiting = false;
        while (!group.isEmpty()) {
            try {
                step.accept(group);
                group.clear();
            } catch (RegistryUnavailableException e) {
                waiting = true;
                obstacles.met(name, String.valueOf(e.getMessage()));
                Thread.sleep(RETRY_AFTER.toMillis());
            }
        }
        if (waiting) {
            obstacles.gone(name);
        }
    }

    /** Ends the threads when what is queued is done, or after a second. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
                thread.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
