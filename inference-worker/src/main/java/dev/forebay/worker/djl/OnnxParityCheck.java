package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelImporter;
import dev.forebay.worker.models.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares an imported model, in padded batches as in service, with its source on ONNX Runtime, text by text without
 * padding.
 */
public final class OnnxParityCheck implements ModelImporter.ParityCheck {
    private static final int BATCH = 8;

    private final String device;
    private final Map<Path, List<float[]>> references = new HashMap<>();

    /** @param device that the imported model is compared on */
    public OnnxParityCheck(String device) {
        this.device = device;
    }

    @Override
    public Map<String, String> engines() {
        return Map.of(
                "pytorch", Engines.pyTorch().getVersion(),
                "onnxruntime", Engines.onnxRuntime().getVersion(),
                "djl", ai.djl.engine.Engine.getDjlVersion());
    }

    @Override
    public Parity compare(Path onnx, InstalledModel imported, List<String> texts) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExitGuard guard = ExitGuard.open();
                DjlModel model = DjlModel.load(imported, new DjlModel.Options(device, 1, cores, 0))) {
            List<float[]> expected = reference(onnx, model.tokenize(texts), guard);
            double largest = 0;
            double cosines = 0;
            for (int from = 0; from < texts.size(); from += BATCH) {
                guard.check();
                List<Inference> rows =
                        model.infer(model.tokenize(texts.subList(from, Math.min(texts.size(), from + BATCH))));
                for (int i = 0; i < rows.size(); i++) {
                    float[] found = vector(rows.get(i));
                    largest = Math.max(largest, largestDifference(expected.get(from + i), found));
                    cosines += dot(expected.get(from + i), found);
                }
            }
            String engine = "onnxruntime " + Engines.onnxRuntime().getVersion();
            return new Parity(engine, texts.size(), largest, cosines / texts.size());
        }
    }

    /** What the source gives; the same for all variants that are made from it. */
    private List<float[]> reference(Path onnx, List<Tokens> texts, ExitGuard guard) throws IOException {
        List<float[]> known = references.get(onnx);
        if (known != null) {
            return known;
        }
        List<float[]> vectors = new ArrayList<>();
        try (OnnxEncoder encoder = new OnnxEncoder(onnx)) {
            for (Tokens tokens : texts) {
                guard.check();
                vectors.add(encoder.encode(tokens));
            }
        }
        references.put(onnx, vectors);
        return vectors;
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
