package dev.forebay.worker.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the weights of a BERT encoder in the form that {@link BertScript} uses. */
final class BertModule {
    private final BertGraph graph;
    private final BertShape shape;
    private final Precision precision;
    private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    private final List<String> linears = new ArrayList<>();

    private BertModule(BertGraph graph, Precision precision) {
        this.graph = graph;
        this.shape = graph.shape();
        this.precision = precision;
    }

    static TorchScriptModule of(BertGraph graph, Variant variant) throws ModelFileException {
        BertModule module = new BertModule(graph, variant.stored());
        module.embeddings();
        for (int layer = 0; layer < module.shape.layers(); layer++) {
            module.layer(layer);
        }
        LinearLayers form = variant.linears();
        String forward = new BertScript(module.shape, form).forward();
        return form == LinearLayers.PLAIN
                ? TorchScriptModule.plain(module.tensors, forward)
                : TorchScriptModule.packed(
                        module.tensors, new PackedState(module.tensors.keySet(), form, module.linears), forward);
    }

    private void embeddings() throws ModelFileException {
        int hidden = shape.hidden();
        float[] positions = graph.named("embeddings.position_embeddings.weight", shape.positions(), hidden);
        float[] types = graph.named("embeddings.token_type_embeddings.weight", 2, hidden);
        for (int i = 0; i < positions.length; i++) {
            // a single text is all of token type 0, so that row joins the positions once for all
            positions[i] += types[i % hidden];
        }
        float[] words = graph.named("embeddings.word_embeddings.weight", shape.vocabulary(), hidden);
        put("words", words, shape.vocabulary(), hidden);
        put("positions", positions, shape.positions(), hidden);
        norm("embedding_norm", "embeddings.LayerNorm");
    }

    private void layer(int n) throws ModelFileException {
        String source = "encoder.layer." + n + ".";
        String target = "l" + n + "_";
        int hidden = shape.hidden();
        List<String> fused = List.of("query", "key", "value");
        float[] matrix = new float[3 * hidden * hidden];
        float[] bias = new float[3 * hidden];
        for (int i = 0; i < fused.size(); i++) {
            String part = source + "attention.self." + fused.get(i);
            System.arraycopy(graph.linear(part, hidden, hidden), 0, matrix, i * hidden * hidden, hidden * hidden);
            System.arraycopy(graph.named(part + ".bias", hidden), 0, bias, i * hidden, hidden);
        }
        linear(target + "qkv", matrix, bias);
        linear(target + "attention_out", source + "attention.output.dense", hidden, hidden);
        norm(target + "attention_norm", source + "attention.output.LayerNorm");
        linear(target + "up", source + "intermediate.dense", shape.feedForward(), hidden);
        linear(target + "down", source + "output.dense", hidden, shape.feedForward());
        norm(target + "norm", source + "output.LayerNorm");
    }

    private void linear(String name, String layer, int outputs, int inputs) throws ModelFileException {
        linear(name, graph.linear(layer, outputs, inputs), graph.named(layer + ".bias", outputs));
    }

    private void linear(String name, float[] matrix, float[] bias) {
        linears.add(name);
        put(name + "_w", matrix, bias.length, matrix.length / bias.length);
        put(name + "_b", bias, bias.length);
    }

    private void norm(String name, String layer) throws ModelFileException {
        put(name + "_w", graph.named(layer + ".weight", shape.hidden()), shape.hidden());
        put(name + "_b", graph.named(layer + ".bias", shape.hidden()), shape.hidden());
    }

    private void put(String name, float[] values, long... sizes) {
        tensors.put(
                name, new TorchTensor(precision, Arrays.stream(sizes).boxed().toList(), values));
    }
}
