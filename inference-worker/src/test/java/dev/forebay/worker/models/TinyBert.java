package dev.forebay.worker.models;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A BERT encoder of one layer, as an exporter writes it: matrices without a name, found by their biases. */
final class TinyBert {
    static final int HIDDEN = 8;
    static final int HEADS = 2;
    static final int INNER = 12;
    static final int WORDS = 20;
    static final int POSITIONS = 16;

    private final Map<String, OnnxBytes> weights = new LinkedHashMap<>();
    private final Random random = new Random(11);
    private OnnxBytes graph = new OnnxBytes();
    private int unnamed = 700;

    TinyBert() {
        weight("embeddings.word_embeddings.weight", WORDS, HIDDEN);
        weight("embeddings.position_embeddings.weight", POSITIONS, HIDDEN);
        weight("embeddings.token_type_embeddings.weight", 2, HIDDEN);
        norm("embeddings.LayerNorm");
        String layer = "encoder.layer.0.";
        linear(layer + "attention.self.query", HIDDEN, HIDDEN);
        String keys = linear(layer + "attention.self.key", HIDDEN, HIDDEN);
        linear(layer + "attention.self.value", HIDDEN, HIDDEN);
        cut(keys);
        linear(layer + "attention.output.dense", HIDDEN, HIDDEN);
        norm(layer + "attention.output.LayerNorm");
        linear(layer + "intermediate.dense", INNER, HIDDEN);
        node("Erf", "gelu", "inner");
        linear(layer + "output.dense", HIDDEN, INNER);
        norm(layer + "output.LayerNorm");
    }

    /** Replaces or adds a weight. */
    TinyBert with(String name, OnnxBytes tensor) {
        weights.put(name, tensor);
        return this;
    }

    TinyBert without(String name) {
        weights.remove(name);
        return this;
    }

    byte[] bytes() {
        OnnxBytes whole = graph;
        weights.values().forEach(tensor -> whole.message(5, tensor));
        whole.message(11, new OnnxBytes().text(1, "input_ids"));
        whole.message(11, new OnnxBytes().text(1, "attention_mask"));
        byte[] model =
                new OnnxBytes().number(1, 7).text(2, "tests").message(7, whole).done();
        graph = new OnnxBytes();
        return model;
    }

    static OnnxGraph graph(byte[] bytes) throws ModelFileException {
        return OnnxReader.read("tiny.onnx", ByteBuffer.wrap(bytes));
    }

    private void weight(String name, int... shape) {
        int count = 1;
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            sizes[i] = shape[i];
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        weights.put(name, OnnxBytes.floats(name, values, sizes));
    }

    private String linear(String layer, int outputs, int inputs) {
        String matrix = "onnx::MatMul_" + unnamed++;
        weight(matrix, inputs, outputs);
        weight(layer + ".bias", outputs);
        node("MatMul", layer + "_product", layer + "_in", matrix);
        node("Add", layer + "_out", layer + ".bias", layer + "_product");
        return layer + "_out";
    }

    private void norm(String layer) {
        weight(layer + ".weight", HIDDEN);
        weight(layer + ".bias", HIDDEN);
        constant(layer + "_epsilon", OnnxBytes.floats("", new float[] {1e-12f}));
        node("Add", layer + "_sum", layer + "_variance", layer + "_epsilon");
        node("Sqrt", layer + "_root", layer + "_sum");
    }

    /** The keys are cut into [batch, length, heads, size], of which the exporter knows the last two. */
    private void cut(String keys) {
        constant("heads", OnnxBytes.longs("", HEADS));
        constant("size", OnnxBytes.longs("", HIDDEN / HEADS));
        node("Concat", "shape", "batch", "length", "heads", "size");
        node("Reshape", "by_head", keys, "shape");
    }

    private void constant(String output, OnnxBytes tensor) {
        OnnxBytes attribute = new OnnxBytes().text(1, "value").message(5, tensor);
        graph.message(1, new OnnxBytes().text(2, output).text(4, "Constant").message(5, attribute));
    }

    private void node(String op, String output, String... inputs) {
        OnnxBytes node = new OnnxBytes();
        for (String input : inputs) {
            node.text(1, input);
        }
        graph.message(1, node.text(2, output).text(4, op));
    }
}
