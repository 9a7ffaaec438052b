package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A model is replaced again and again while threads run batches on it. ONNX Runtime takes the process down where a model
 * is freed under a call. {@code -Dforebay.swap.seconds=300} for longer.
 */
class ModelSwapTest {
    private static final long SECONDS = Long.getLong("forebay.swap.seconds", 2);
    private static final int CALLERS = 4;

    private final AtomicBoolean ended = new AtomicBoolean();

    @ParameterizedTest
    @EnumSource(names = {"FP32", "ONNX_FP32"})
    void swapsUnderLoadNeitherFailACallNorTheProcess(Variant variant) throws Exception {
        AtomicReference<DjlModel> current = new AtomicReference<>(SharedModel.load(variant));
        List<Tokens> batch = SharedModel.fp32().tokenize(List.of("late parcel", "the refund has not come yet"));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<Integer>> calling = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calling.add(callers.submit(() -> callUntilEnded(current, batch)));
        }

        int swaps = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        do {
            Objects.requireNonNull(current.getAndSet(SharedModel.load(variant))).close();
            swaps++;
        } while (System.nanoTime() - end < 0);
        ended.set(true);

        int calls = 0;
        for (Future<Integer> caller : calling) {
            calls += caller.get(60, TimeUnit.SECONDS);
        }
        callers.shutdown();
        Objects.requireNonNull(current.get()).close();
        System.out.println(variant + ": " + swaps + " swaps under " + calls + " calls in " + SECONDS + " s");
        assertThat(calls).isPositive();
    }

    private int callUntilEnded(AtomicReference<DjlModel> current, List<Tokens> batch) {
        int calls = 0;
        while (!ended.get()) {
            DjlModel model = Objects.requireNonNull(current.get());
            try {
                assertThat(model.infer(batch)).hasSize(batch.size()).allMatch(Inference.Vector.class::isInstance);
                calls++;
            } catch (ModelException e) {
                assertThat(current.get())
                        .as("only a model that was replaced is closed")
                        .isNotSameAs(model);
            }
        }
        return calls;
    }
}
