package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Knee;
import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Tokens;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WarmupTest {
    private static final long BOUND = TimeUnit.SECONDS.toNanos(20);

    private final VirtualModel model = new VirtualModel();
    private final AtomicBoolean exiting = new AtomicBoolean();
    private final KneeSearch search = new KneeSearch(new KneeSearch.Bounds(256, 64, 2, BOUND));

    @Test
    void everyExecutorRunsEachShapeThatASearchAsksFor() {
        try (Warmup warmup = new Warmup(model, 2, exiting::get, model.clock::get)) {
            warmup.measure(search);
        }

        Knee knee = search.knee().orElseThrow();
        assertThat(knee.paddedTokens()).isEqualTo(512);
        assertThat(model.batches.size() % 2).isZero();
        assertThat(model.clock.get()).isLessThan(BOUND);
    }

    @Test
    void outOfMemoryEndsTheAscentAndNotTheStart() {
        model.memory = 300;
        try (Warmup warmup = new Warmup(model, 2, exiting::get, model.clock::get)) {
            warmup.measure(search);
            warmup.runCommonShapes();
        }

        assertThat(search.knee().orElseThrow().paddedTokens()).isEqualTo(256);
    }

    @Test
    void anExitEndsTheMeasurementBetweenTwoShapes() {
        model.whenRun = () -> exiting.set(model.batches.size() >= 10);
        try (Warmup warmup = new Warmup(model, 1, exiting::get, model.clock::get)) {
            warmup.measure(search);
        }

        assertThat(model.batches).hasSize(10);
        assertThat(search.knee()).isEmpty();
    }

    @Test
    void commonShapesEndWithinThreeSecondsOnASlowMachine() {
        model.nanosPerToken = TimeUnit.MILLISECONDS.toNanos(2);
        try (Warmup warmup = new Warmup(model, 1, exiting::get, model.clock::get)) {
            warmup.runCommonShapes();
        }

        assertThat(model.batches).hasSizeBetween(3, 8);
    }

    @Test
    void aModelThatFailsSaysSo() {
        model.whenRun = () -> {
            throw new ModelException("broken");
        };
        try (Warmup warmup = new Warmup(model, 2, exiting::get, model.clock::get)) {
            assertThatThrownBy(() -> warmup.measure(search))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("broken");
        }
    }

    /** Takes virtual time: the same for every token from 512 padded tokens on, more below. */
    private static final class VirtualModel implements Model {
        private final AtomicLong clock = new AtomicLong();
        private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
        private volatile long nanosPerToken = 100_000;
        private volatile int memory = Integer.MAX_VALUE;
        private volatile Runnable whenRun = () -> {};

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            int tokens = batch.size() * batch.get(0).count();
            batches.add(tokens);
            whenRun.run();
            if (tokens > memory) {
                throw new OutOfMemoryException("full", new RuntimeException("out of memory"));
            }
            clock.addAndGet(nanosPerToken * Math.max(tokens, (tokens + 512) / 2));
            return List.of();
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("virtual", "1", 1, 256, "fp32", "cpu");
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
