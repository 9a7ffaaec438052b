package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The real weights on the real engine, imported once below target/ and loaded once per test process. */
public final class SharedModel {
    public static final Path DIRECTORY = Path.of("target", "models");

    private static final Map<Variant, DjlModel> LOADED = new EnumMap<>(Variant.class);

    private SharedModel() {}

    public static DjlModel fp32() {
        return in(Variant.FP32);
    }

    /** Nobody closes it; the tests of closing load their own. */
    static synchronized DjlModel in(Variant variant) {
        return LOADED.computeIfAbsent(variant, SharedModel::load);
    }

    static DjlModel load(Variant variant) {
        try {
            return LocalModels.open(config(variant), line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vectors of texts, as one batch. */
    public static List<float[]> vectors(Model model, List<String> texts) {
        return model.infer(model.tokenize(texts)).stream()
                .map(row -> row.fold(Inference.Vector::values, invalid -> {
                    throw new AssertionError(invalid.message());
                }))
                .toList();
    }

    /** The largest difference of any component. */
    static double difference(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
                .max()
                .orElse(Double.NaN);
    }

    static ModelsConfig config(Variant variant) {
        return new ModelsConfig(
                DIRECTORY, "all-MiniLM-L6-v2", 0, new Execution(variant.engine(), Optional.of(variant), "cpu", 2, 1));
    }
}
