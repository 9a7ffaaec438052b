package dev.forebay.worker.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch to the engine and back. Inputs are made on the context's manager, which the predictor closes after each call:
 * on the model's own they would never be freed.
 */
final class EncoderTranslator implements NoBatchifyTranslator<List<Tokens>, List<Inference>> {
    private final int dimension;
    private final int window;

    EncoderTranslator(int dimension, int window) {
        this.dimension = dimension;
        this.window = window;
    }

    @Override
    public NDList processInput(TranslatorContext context, List<Tokens> batch) {
        PaddedBatch padded = PaddedBatch.of(batch, window);
        NDManager manager = context.getNDManager();
        Shape shape = new Shape(padded.rows(), padded.length());
        NDArray ids = manager.create(padded.ids(), shape, DataType.INT64);
        NDArray mask = manager.create(padded.mask(), shape, DataType.INT64);
        return new NDList(ids, mask);
    }

    @Override
    public List<Inference> processOutput(TranslatorContext context, NDList output) {
        NDArray vectors = output.singletonOrThrow();
        Shape shape = vectors.getShape();
        if (shape.dimension() != 2 || shape.get(1) != dimension || vectors.getDataType() != DataType.FLOAT32) {
            throw new IllegalStateException("the model gave " + vectors.getDataType() + " of shape " + shape
                    + " where fp32 of [texts, " + dimension + "] belongs");
        }
        return rows(vectors.toFloatArray(), dimension);
    }

    static List<Inference> rows(float[] values, int dimension) {
        List<Inference> rows = new ArrayList<>(values.length / dimension);
        for (int start = 0; start < values.length; start += dimension) {
            rows.add(row(Arrays.copyOfRange(values, start, start + dimension)));
        }
        return rows;
    }

    private static Inference row(float[] vector) {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                return new Inference.Invalid("the model's output holds " + value);
            }
        }
        return new Inference.Vector(vector);
    }
}
