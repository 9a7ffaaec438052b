package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.Rates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs models in turn, a short slice of each shape in each round, so that whatever else the machine does meets all of
 * them alike. Every executor of a model works during its slice.
 */
final class Race {
    /** Texts and tokens of each, where throughput is already flat and a batch still takes little time. */
    static final List<Shape> SHAPES = List.of(new Shape(8, 64), new Shape(16, 32));

    private static final int ROUNDS = 5;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(60);

    private final List<DjlModel> models;
    private final List<Shape> shapes;
    private final ExitGuard guard;

    /** What is run: as many texts of as many tokens. */
    record Shape(int texts, int tokens) {}

    Race(List<DjlModel> models, List<Shape> shapes, ExitGuard guard) {
        this.models = models;
        this.shapes = shapes;
        this.guard = guard;
    }

    /** Texts per second of each model; the geometric mean over the shapes, per round. */
    List<Rates> run() {
        List<List<Double>> rates = new ArrayList<>();
        models.forEach(model -> rates.add(new ArrayList<>()));
        int threads = models.stream().mapToInt(DjlModel::executors).max().orElse(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "model-race");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int round = 0; round < ROUNDS && !guard.exiting(); round++) {
                for (int i = 0; i < models.size(); i++) {
                    // every other round the other way round: nobody always runs after the same neighbour
                    int turn = round % 2 == 0 ? i : models.size() - 1 - i;
                    rates.get(turn).add(round(models.get(turn), pool));
                }
            }
        } finally {
            pool.shutdown();
        }
        return rates.stream().map(Rates::new).toList();
    }

    /** Runs each shape twice, which is when an engine chooses its kernels; stops once that takes longer than a bound. */
    static double warm(DjlModel model, double boundSeconds) {
        long started = System.nanoTime();
        double seconds = 0;
        for (int i = 0; i < 2 * SHAPES.size() && seconds <= boundSeconds; i++) {
            model.infer(batch(model, SHAPES.get(i / 2)));
            seconds = (System.nanoTime() - started) / 1e9;
        }
        return seconds;
    }

    private double round(DjlModel model, ExecutorService pool) {
        double logarithms = 0;
        for (Shape shape : shapes) {
            List<Tokens> batch = batch(model, shape);
            List<CompletableFuture<Double>> running = new ArrayList<>();
            for (int i = 0; i < model.executors(); i++) {
                running.add(CompletableFuture.supplyAsync(() -> slice(model, batch), pool));
            }
            logarithms += Math.log(
                    running.stream().mapToDouble(CompletableFuture::join).sum());
        }
        return Math.round(Math.exp(logarithms / shapes.size()) * 10) / 10.0;
    }

    private static double slice(DjlModel model, List<Tokens> batch) {
        long started = System.nanoTime();
        long texts = 0;
        long elapsed;
        do {
            model.infer(batch);
            texts += batch.size();
            elapsed = System.nanoTime() - started;
        } while (elapsed < SLICE);
        return texts * 1e9 / elapsed;
    }

    private static List<Tokens> batch(DjlModel model, Shape shape) {
        long[] ids = new long[Math.min(model.describe().maxTokens(), shape.tokens())];
        Arrays.fill(ids, 1);
        return Collections.nCopies(shape.texts(), new Tokens(ids, false));
    }
}
