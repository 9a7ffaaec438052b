package dev.forebay.worker.models;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a BERT encoder in an ONNX graph, by the names that they have in the checkpoint. An exporter folds the
 * transposed matrices into initializers without a name: they are found by the bias that is added to their product.
 */
final class BertGraph {
    private final OnnxGraph graph;
    private final Map<String, OnnxTensor> matrices = new HashMap<>();
    private final Map<String, OnnxNode> products = new HashMap<>();
    private final BertShape shape;

    BertGraph(OnnxGraph graph) throws ModelFileException {
        this.graph = graph;
        if (!graph.inputs().contains("input_ids") || !graph.inputs().contains("attention_mask")) {
            throw unsupported("its inputs are " + graph.inputs() + " where input_ids and attention_mask belong");
        }
        findMatrices();
        this.shape = readShape();
    }

    BertShape shape() {
        return shape;
    }

    /** A weight that the exporter named, checked against the shape that it has to have. */
    float[] named(String name, long... expected) throws ModelFileException {
        return checked(name, initializer(name), expected).floats();
    }

    /** The matrix of a linear layer as {@code torch.linear} takes it: one row per output. */
    float[] linear(String layer, int outputs, int inputs) throws ModelFileException {
        OnnxTensor matrix = matrices.get(layer);
        if (matrix == null) {
            throw unsupported("no matrix for the layer " + layer);
        }
        float[] source = checked(layer, matrix, inputs, outputs).floats();
        float[] turned = new float[source.length];
        for (int in = 0; in < inputs; in++) {
            for (int out = 0; out < outputs; out++) {
                turned[out * inputs + in] = source[in * outputs + out];
            }
        }
        return turned;
    }

    private void findMatrices() {
        for (OnnxNode product : graph.nodes("MatMul")) {
            Optional<OnnxTensor> matrix = graph.initializer(product.input(1));
            for (OnnxNode sum : graph.consumers(product, "Add")) {
                for (String operand : sum.inputs()) {
                    if (matrix.isPresent()
                            && operand.endsWith(".bias")
                            && graph.initializer(operand).isPresent()) {
                        String layer = operand.substring(0, operand.length() - ".bias".length());
                        matrices.put(layer, matrix.get());
                        products.put(layer, sum);
                    }
                }
            }
        }
    }

    private BertShape readShape() throws ModelFileException {
        List<Long> words = initializer("embeddings.word_embeddings.weight").shape();
        List<Long> positions =
                initializer("embeddings.position_embeddings.weight").shape();
        if (words.size() != 2 || positions.size() != 2) {
            throw unsupported("embedding tables of shape " + words + " and " + positions);
        }
        int hidden = words.get(1).intValue();
        int layers = 0;
        while (matrices.containsKey("encoder.layer." + layers + ".output.dense")) {
            layers++;
        }
        if (layers == 0 || graph.nodes("Erf").size() != layers) {
            throw unsupported(
                    layers + " encoder layers, of which " + graph.nodes("Erf").size() + " use exact GELU");
        }
        List<Long> inner =
                initializer("encoder.layer.0.intermediate.dense.bias").shape();
        if (inner.size() != 1) {
            throw unsupported("a bias of shape " + inner);
        }
        int feedForward = inner.get(0).intValue();
        int heads = heads(hidden);
        return new BertShape(
                layers,
                hidden,
                heads,
                feedForward,
                words.get(0).intValue(),
                positions.get(0).intValue(),
                epsilon());
    }

    /** From the constant that ends the shape into which the keys are cut: [..., heads, size of a head]. */
    private int heads(int hidden) throws ModelFileException {
        OnnxNode keys = products.get("encoder.layer.0.attention.self.key");
        if (keys != null) {
            for (OnnxNode cut : graph.consumers(keys, "Reshape")) {
                List<Long> sizes = knownTail(cut.input(1));
                int rank = sizes.size();
                if (rank >= 2 && sizes.get(rank - 2) > 0 && sizes.get(rank - 2) * sizes.get(rank - 1) == hidden) {
                    return sizes.get(rank - 2).intValue();
                }
            }
        }
        throw unsupported("the number of attention heads cannot be read from it");
    }

    private List<Long> knownTail(String value) {
        Optional<OnnxTensor> constant = graph.constant(value);
        if (constant.isPresent()) {
            return longs(constant.get());
        }
        return graph.producer(value)
                .filter(node -> node.op().equals("Concat"))
                .map(node -> node.inputs().stream()
                        .flatMap(part -> graph.constant(part).stream())
                        .flatMap(tensor -> longs(tensor).stream())
                        .toList())
                .orElse(List.of());
    }

    private static List<Long> longs(OnnxTensor tensor) {
        return tensor.type() == OnnxTensor.INT64
                ? Arrays.stream(tensor.longs()).boxed().toList()
                : List.of();
    }

    /** The constant that is added below a square root: layer normalisation is the only part of BERT with one. */
    private double epsilon() throws ModelFileException {
        Double found = null;
        for (OnnxNode root : graph.nodes("Sqrt")) {
            double epsilon = graph.producer(root.input(0))
                    .filter(node -> node.op().equals("Add"))
                    .flatMap(node -> node.inputs().stream()
                            .flatMap(input -> graph.constant(input).stream())
                            .filter(tensor -> tensor.type() == OnnxTensor.FLOAT
                                    && tensor.data().remaining() == 4)
                            .findFirst())
                    // by way of the decimal form: 1e-12f is meant as 1e-12
                    .map(tensor -> Double.parseDouble(Float.toString(tensor.floats()[0])))
                    .orElse(-1.0);
            if (!(epsilon > 0) || (found != null && found != epsilon)) {
                throw unsupported("layer normalisations that add " + found + " and " + epsilon);
            }
            found = epsilon;
        }
        if (found == null) {
            throw unsupported("no layer normalisation of the form x / sqrt(variance + epsilon)");
        }
        return found;
    }

    private OnnxTensor initializer(String name) throws ModelFileException {
        return graph.initializer(name).orElseThrow(() -> unsupported("no weight named " + name));
    }

    private OnnxTensor checked(String name, OnnxTensor tensor, long... expected) throws ModelFileException {
        List<Long> shape = Arrays.stream(expected).boxed().toList();
        if (tensor.type() != OnnxTensor.FLOAT || !tensor.shape().equals(shape)) {
            throw unsupported("the weight " + name + " has the shape " + tensor.shape() + " and element type "
                    + tensor.type() + " where " + shape + " of fp32 belongs");
        }
        return tensor;
    }

    private ModelFileException unsupported(String found) {
        return new ModelFileException(graph.file(), "not a BERT encoder that can be imported: " + found);
    }
}
