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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** A batch to ONNX Runtime and its hidden states back, which are pooled and normalised here. */
final class OnnxTranslator implements NoBatchifyTranslator<List<Tokens>, List<Inference>> {
    private static final String COUNTS = "counts";

    private final int dimension;
    private final int window;

    OnnxTranslator(int dimension, int window) {
        this.dimension = dimension;
        this.window = window;
    }

    @Override
    public NDList processInput(TranslatorContext context, List<Tokens> batch) {
        PaddedBatch padded = PaddedBatch.of(batch, window);
        context.setAttachment(COUNTS, batch.stream().mapToInt(Tokens::count).toArray());
        NDManager manager = context.getNDManager();
        Shape shape = new Shape(padded.rows(), padded.length());
        ByteBuffer types = ByteBuffer.allocateDirect(padded.ids().capacity()).order(ByteOrder.nativeOrder());
        return new NDList(
                named("input_ids", manager.create(padded.ids(), shape, DataType.INT64)),
                named("attention_mask", manager.create(padded.mask(), shape, DataType.INT64)),
                named("token_type_ids", manager.create(types, shape, DataType.INT64)));
    }

    @Override
    public List<Inference> processOutput(TranslatorContext context, NDList output) {
        NDArray states = output.get(0);
        Shape shape = states.getShape();
        int[] counts = (int[]) context.getAttachment(COUNTS);
        boolean expected = shape.dimension() == 3 && shape.get(0) == counts.length && shape.get(2) == dimension;
        if (!expected || states.getDataType() != DataType.FLOAT32) {
            throw new IllegalStateException("the model gave " + states.getDataType() + " of shape " + shape
                    + " where fp32 of [" + counts.length + ", tokens, " + dimension + "] belongs");
        }
        FloatBuffer values =
                states.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        return EncoderTranslator.rows(pool(values, counts, dimension), dimension);
    }

    /**
     * The mean over each row's own tokens, scaled to length 1.
     *
     * @param states [rows, length, dimension], the length being that of the buffer
     * @param counts tokens of each row; what stands behind them is padding
     */
    static float[] pool(FloatBuffer states, int[] counts, int dimension) {
        int row = states.remaining() / counts.length;
        float[] vectors = new float[counts.length * dimension];
        double[] sums = new double[dimension];
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(sums, 0);
            for (int at = 0; at < counts[i] * dimension; at++) {
                sums[at % dimension] += states.get(i * row + at);
            }
            // the mean and the sum have one direction
            double length = 0;
            for (double sum : sums) {
                length += sum * sum;
            }
            double scale = 1 / Math.max(Math.sqrt(length), Float.MIN_NORMAL);
            for (int j = 0; j < dimension; j++) {
                vectors[i * dimension + j] = (float) (sums[j] * scale);
            }
        }
        return vectors;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }
}
