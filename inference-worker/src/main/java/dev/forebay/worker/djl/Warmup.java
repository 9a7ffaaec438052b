package dev.forebay.worker.djl;

import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Shape;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Runs shapes on every executor at once, as in service, before there is work. It ends between two shapes where the
 * process is about to end.
 */
final class Warmup implements AutoCloseable {
    private static final long COMMON_BOUND = TimeUnit.SECONDS.toNanos(3);
    private static final List<Shape> COMMON = List.of(
            new Shape(1, 16),
            new Shape(8, 16),
            new Shape(1, 64),
            new Shape(32, 16),
            new Shape(8, 64),
            new Shape(4, 128),
            new Shape(16, 64),
            new Shape(2, 256));

    private final Model model;
    private final int executors;
    private final BooleanSupplier exiting;
    private final LongSupplier nanoClock;
    private final ExecutorService threads;

    /** @param exiting whether to end now */
    Warmup(Model model, int executors, BooleanSupplier exiting, LongSupplier nanoClock) {
        this.model = model;
        this.executors = executors;
        this.exiting = exiting;
        this.nanoClock = nanoClock;
        this.threads = Executors.newFixedThreadPool(executors, task -> {
            Thread thread = new Thread(task, "model-warmup");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs common shapes, small ones first, until all are done or the time is up: the engine chooses and compiles its
     * kernels at the first calls of a shape.
     */
    void runCommonShapes() {
        long started = nanoClock.getAsLong();
        int window = model.describe().maxTokens();
        for (Shape shape : COMMON) {
            for (int round = 0; round < 2; round++) {
                if (exiting.getAsBoolean() || nanoClock.getAsLong() - started > COMMON_BOUND) {
                    return;
                }
                try {
                    run(new Shape(shape.count(), Math.min(window, shape.length())));
                } catch (OutOfMemoryException e) {
                    // larger ones would not fit either
                    return;
                }
            }
        }
    }

    /** Runs what a search asks for, until it has ended. */
    void measure(KneeSearch search) {
        Optional<Shape> shape = search.next(nanoClock.getAsLong());
        while (shape.isPresent() && !exiting.getAsBoolean()) {
            long started = nanoClock.getAsLong();
            try {
                run(shape.get());
                search.ran(nanoClock.getAsLong() - started);
            } catch (OutOfMemoryException e) {
                search.outOfMemory();
            }
            shape = search.next(nanoClock.getAsLong());
        }
    }

    private void run(Shape shape) {
        long[] ids = new long[shape.length()];
        Arrays.fill(ids, 1);
        List<Tokens> batch = Collections.nCopies(shape.count(), new Tokens(ids, false));
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < executors; i++) {
            running.add(CompletableFuture.runAsync(() -> model.infer(batch), threads));
        }
        // each of them has to end before a failure is passed on
        CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
