package dev.forebay.worker.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the nodes and weights of an ONNX file (onnx.proto, IR version 3 and later) with nothing but the JDK. The file is
 * mapped, not copied; what is kept beside it is bounded whatever the bytes say.
 */
final class OnnxReader {
    private static final int MAX_PARTS = 100_000;
    private static final int MAX_EDGES = 1_000;
    private static final int MAX_RANK = 8;

    private final String file;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxTensor> initializers = new HashMap<>();
    private final List<String> inputs = new ArrayList<>();

    private OnnxReader(String file) {
        this.file = file;
    }

    static OnnxGraph read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelFileException(
                        path.toString(), "larger than 2 GiB; a model of that size cannot be imported");
            }
            return read(path.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    static OnnxGraph read(String file, ByteBuffer bytes) throws ModelFileException {
        OnnxReader reader = new OnnxReader(file);
        Protobuf model = new Protobuf(file, bytes);
        boolean found = false;
        while (model.next()) {
            if (model.field() == 7) {
                found = true;
                reader.graph(model.message());
            } else {
                model.skip();
            }
        }
        if (!found || reader.nodes.isEmpty()) {
            throw model.damaged("no graph in it");
        }
        return new OnnxGraph(file, reader.nodes, reader.initializers, reader.inputs);
    }

    private void graph(Protobuf graph) throws ModelFileException {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> bounded(nodes, node(graph.message()), MAX_PARTS, graph);
                case 5 -> initializer(tensor(graph.message()), graph);
                case 11 -> bounded(inputs, name(graph.message()), MAX_EDGES, graph);
                default -> graph.skip();
            }
        }
    }

    private void initializer(OnnxTensor tensor, Protobuf at) throws ModelFileException {
        if (initializers.size() >= MAX_PARTS) {
            throw at.damaged("more than " + MAX_PARTS + " weights");
        }
        if (initializers.put(tensor.name(), tensor) != null) {
            throw at.damaged("the weight " + tensor.name() + " twice");
        }
    }

    private static String name(Protobuf valueInfo) throws ModelFileException {
        String name = "";
        while (valueInfo.next()) {
            if (valueInfo.field() == 1) {
                name = valueInfo.text();
            } else {
                valueInfo.skip();
            }
        }
        return name;
    }

    private OnnxNode node(Protobuf node) throws ModelFileException {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        String op = "";
        while (node.next()) {
            switch (node.field()) {
                case 1 -> bounded(in, node.text(), MAX_EDGES, node);
                case 2 -> bounded(out, node.text(), MAX_EDGES, node);
                case 4 -> op = node.text();
                case 5 -> attribute(node.message(), tensors);
                default -> node.skip();
            }
        }
        return new OnnxNode(op, List.copyOf(in), List.copyOf(out), Map.copyOf(tensors));
    }

    private void attribute(Protobuf attribute, Map<String, OnnxTensor> tensors) throws ModelFileException {
        String name = "";
        OnnxTensor value = null;
        while (attribute.next()) {
            switch (attribute.field()) {
                case 1 -> name = attribute.text();
                case 5 -> value = tensor(attribute.message());
                default -> attribute.skip();
            }
        }
        if (value != null) {
            if (tensors.size() >= MAX_EDGES) {
                throw attribute.damaged("more than " + MAX_EDGES + " attributes in one node");
            }
            tensors.put(name, value);
        }
    }

    private OnnxTensor tensor(Protobuf tensor) throws ModelFileException {
        List<Long> shape = new ArrayList<>();
        int type = 0;
        String name = "";
        ByteBuffer data = ByteBuffer.allocate(0);
        while (tensor.next()) {
            switch (tensor.field()) {
                case 1 -> tensor.numbers(size -> bounded(shape, size, MAX_RANK, tensor));
                case 2 -> type = (int) tensor.number();
                case 4, 9 -> data = tensor.block();
                case 7 -> data = longs(tensor);
                case 8 -> name = tensor.text();
                case 14 -> location(tensor, name);
                default -> tensor.skip();
            }
        }
        OnnxTensor read = new OnnxTensor(name, List.copyOf(shape), type, data);
        checkSize(read, tensor);
        return read;
    }

    private void location(Protobuf tensor, String name) throws ModelFileException {
        if (tensor.number() != 0) {
            throw new ModelFileException(
                    file, "the weight " + name + " lies in another file; export the model with its weights inside");
        }
    }

    private static ByteBuffer longs(Protobuf tensor) throws ModelFileException {
        List<Long> values = new ArrayList<>();
        tensor.numbers(value -> bounded(values, value, MAX_PARTS, tensor));
        ByteBuffer data = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(data::putLong);
        return data.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Only the types whose values are read are held to their shape. */
    private static void checkSize(OnnxTensor tensor, Protobuf at) throws ModelFileException {
        int width =
                tensor.type() == OnnxTensor.FLOAT ? Float.BYTES : tensor.type() == OnnxTensor.INT64 ? Long.BYTES : 0;
        if (width == 0) {
            return;
        }
        long bytes = width;
        for (long size : tensor.shape()) {
            if (size < 0 || size > Integer.MAX_VALUE || bytes * size > Integer.MAX_VALUE) {
                throw at.damaged("the tensor " + tensor.name() + " of shape " + tensor.shape());
            }
            bytes *= size;
        }
        if (bytes != tensor.data().remaining()) {
            throw at.damaged("the tensor " + tensor.name() + " of shape " + tensor.shape() + " with "
                    + tensor.data().remaining() + " bytes of data where " + bytes + " belong");
        }
    }

    private static <T> void bounded(List<T> list, T value, int bound, Protobuf at) throws ModelFileException {
        if (list.size() >= bound) {
            throw at.damaged("more than " + bound + " entries in one list");
        }
        list.add(value);
    }
}
