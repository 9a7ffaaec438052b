package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs common shapes on every predictor at once, shortest first, until all are done or the time is up. The engine
 * chooses and compiles its kernels at the first calls of a shape.
 */
final class Warmup {
    private static final long BUDGET = TimeUnit.SECONDS.toNanos(3);
    private static final int[][] SHAPES = {{1, 16}, {8, 16}, {1, 64}, {32, 16}, {8, 64}, {4, 128}, {16, 64}, {2, 256}};

    private Warmup() {}

    static void run(DjlModel model, int predictors, ExitGuard guard) {
        ExecutorService threads = Executors.newFixedThreadPool(predictors, task -> {
            Thread thread = new Thread(task, "model-warmup");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < predictors; i++) {
                running.add(CompletableFuture.runAsync(() -> shapes(model, guard), threads));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    private static void shapes(DjlModel model, ExitGuard guard) {
        long started = System.nanoTime();
        int window = model.describe().maxTokens();
        for (int[] shape : SHAPES) {
            long[] ids = new long[Math.min(window, shape[1])];
            Arrays.fill(ids, 1);
            List<Tokens> batch = Collections.nCopies(shape[0], new Tokens(ids, false));
            for (int round = 0; round < 2; round++) {
                if (guard.exiting() || System.nanoTime() - started > BUDGET) {
                    return;
                }
                model.infer(batch);
            }
        }
    }
}
