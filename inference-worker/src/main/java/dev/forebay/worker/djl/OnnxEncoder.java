package dev.forebay.worker.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The source of an imported encoder on ONNX Runtime, one text at a time and without padding, pooled and normalised here
 * in double precision: the reference that an import is held to. For one thread.
 */
public final class OnnxEncoder implements AutoCloseable {
    private final ai.djl.Model module;
    private final Predictor<Tokens, float[]> predictor;

    /** @param onnx a file with the inputs input_ids, attention_mask, token_type_ids and the states as its output */
    public OnnxEncoder(Path onnx) throws IOException {
        this.module = Engines.onnxRuntime().newModel("reference", Device.cpu());
        try {
            module.load(onnx, null, Map.of());
        } catch (MalformedModelException | IOException | RuntimeException e) {
            module.close();
            throw new IOException("ONNX Runtime cannot load " + onnx, e);
        }
        this.predictor = module.newPredictor(new OneText());
    }

    /** The mean of the text's last hidden states, scaled to length 1. */
    public float[] encode(Tokens tokens) {
        try {
            return predictor.predict(tokens);
        } catch (TranslateException e) {
            throw new ModelException("ONNX Runtime failed on a text of " + tokens.count() + " tokens", e);
        }
    }

    static float[] pool(float[] states, int tokens) {
        int width = states.length / tokens;
        double[] sum = new double[width];
        for (int i = 0; i < states.length; i++) {
            sum[i % width] += states[i];
        }
        // the mean and the sum have one direction
        double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }

    @Override
    public void close() {
        predictor.close();
        module.close();
    }

    private static final class OneText implements NoBatchifyTranslator<Tokens, float[]> {
        @Override
        public NDList processInput(TranslatorContext context, Tokens tokens) {
            NDManager manager = context.getNDManager();
            long[] ones = new long[tokens.count()];
            Arrays.fill(ones, 1);
            return new NDList(
                    named("input_ids", manager.create(new long[][] {tokens.ids()})),
                    named("attention_mask", manager.create(new long[][] {ones})),
                    named("token_type_ids", manager.create(new long[][] {new long[tokens.count()]})));
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList output) {
            NDArray states = output.get(0);
            return pool(states.toFloatArray(), Math.toIntExact(states.getShape().get(1)));
        }

        private static NDArray named(String name, NDArray array) {
            array.setName(name);
            return array;
        }
    }
}
