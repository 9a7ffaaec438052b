package dev.forebay.deploy.bench;

import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The engine alone: texts that are tokenised already, sorted by length and cut into batches at the worker's own budget,
 * run by as many threads as the worker has executors. No pipeline over the same engine can be faster.
 */
final class EngineCeiling {
    private final Model model;
    private final BatchPolicy policy;
    private final int executors;

    EngineCeiling(Served served, BatchPolicy policy) {
        this.model = served.model();
        this.policy = policy;
        this.executors = served.executors();
    }

    /**
     * One run.
     *
     * @param vectors filled with the answer to each text, in the order of the texts
     */
    Timed run(List<Tokens> texts, float[][] vectors) {
        List<List<Integer>> plan = plan(texts.stream().map(Tokens::count).toList(), policy);
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(executors);
        try {
            long cpu = ProcessCpu.nanos();
            long started = System.nanoTime();
            List<CompletableFuture<Void>> running = IntStream.range(0, executors)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> runAll(texts, plan, next, vectors), threads))
                    .toList();
            running.forEach(CompletableFuture::join);
            double seconds = (System.nanoTime() - started) / 1e9;
            return new Timed(texts.size(), seconds, (ProcessCpu.nanos() - cpu) / 1e9, batching(texts, plan));
        } finally {
            threads.shutdown();
        }
    }

    private void runAll(List<Tokens> texts, List<List<Integer>> plan, AtomicInteger next, float[][] vectors) {
        for (int batch = next.getAndIncrement(); batch < plan.size(); batch = next.getAndIncrement()) {
            List<Integer> places = plan.get(batch);
            List<Inference> answers =
                    model.infer(places.stream().map(texts::get).toList());
            for (int i = 0; i < places.size(); i++) {
                vectors[places.get(i)] = answers.get(i).fold(Inference.Vector::values, invalid -> {
                    throw new IllegalStateException(invalid.message());
                });
            }
        }
    }

    /** The places of the texts of each batch, longest first. */
    static List<List<Integer>> plan(List<Integer> lengths, BatchPolicy policy) {
        List<Integer> order = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) -> -lengths.get(place)))
                .toList();
        List<List<Integer>> plan = new ArrayList<>();
        int from = 0;
        while (from < order.size()) {
            int fits = policy.maxPaddedTokens() / padded(lengths.get(order.get(from)), policy);
            int to = Math.min(order.size(), from + Math.max(1, Math.min(policy.maxCount(), fits)));
            plan.add(order.subList(from, to));
            from = to;
        }
        return plan;
    }

    private Batching batching(List<Tokens> texts, List<List<Integer>> plan) {
        long tokens = texts.stream().mapToLong(Tokens::count).sum();
        long padded = plan.stream()
                .mapToLong(batch ->
                        (long) batch.size() * padded(texts.get(batch.get(0)).count(), policy))
                .sum();
        return new Batching(plan.size(), texts.size(), tokens, padded, 0, 0);
    }

    private static int padded(int length, BatchPolicy policy) {
        int multiple = policy.lengthMultiple();
        return (length + multiple - 1) / multiple * multiple;
    }
}
