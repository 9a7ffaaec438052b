package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelImporter;
import dev.forebay.worker.models.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Compares an imported model, in padded batches as in service, with its source on ONNX Runtime, text by text without
 * padding.
 */
public final class OnnxParityCheck implements ModelImporter.ParityCheck {
    private static final int BATCH = 8;

    @Override
    public Map<String, String> engines() {
        return Map.of(
                "pytorch", Engines.pyTorch().getVersion(),
                "onnxruntime", Engines.onnxRuntime().getVersion(),
                "djl", ai.djl.engine.Engine.getDjlVersion());
    }

    @Override
    public Parity compare(Path onnx, InstalledModel imported, List<String> texts) throws IOException {
        DjlModel.Options options =
                new DjlModel.Options("cpu", 1, Runtime.getRuntime().availableProcessors(), 0);
        try (ExitGuard guard = ExitGuard.open();
                DjlModel model = DjlModel.load(imported, options);
                OnnxEncoder reference = new OnnxEncoder(onnx)) {
            double largest = 0;
            double cosines = 0;
            for (int from = 0; from < texts.size(); from += BATCH) {
                guard.check();
                List<Tokens> batch = model.tokenize(texts.subList(from, Math.min(texts.size(), from + BATCH)));
                List<Inference> rows = model.infer(batch);
                for (int i = 0; i < batch.size(); i++) {
                    float[] expected = reference.encode(batch.get(i));
                    float[] found = vector(rows.get(i));
                    largest = Math.max(largest, largestDifference(expected, found));
                    cosines += dot(expected, found);
                }
            }
            String engine = "onnxruntime " + Engines.onnxRuntime().getVersion();
            return new Parity(engine, texts.size(), largest, cosines / texts.size());
        }
    }

    private static float[] vector(Inference row) {
        return row.fold(Inference.Vector::values, invalid -> {
            throw new ModelException("the imported model cannot be used: " + invalid.message());
        });
    }

    private static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            // Math.max keeps a NaN, so a broken reference cannot pass
            largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
        }
        return largest;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
