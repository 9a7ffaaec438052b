package dev.forebay.worker.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph of an ONNX file, with its edges in both directions. */
final class OnnxGraph {
    private final String file;
    private final Map<String, OnnxTensor> initializers;
    private final List<String> inputs;
    private final List<OnnxNode> nodes;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, List<OnnxNode>> consumers = new HashMap<>();

    OnnxGraph(String file, List<OnnxNode> nodes, Map<String, OnnxTensor> initializers, List<String> inputs) {
        this.file = file;
        this.nodes = List.copyOf(nodes);
        this.initializers = Map.copyOf(initializers);
        this.inputs = List.copyOf(inputs);
        for (OnnxNode node : nodes) {
            node.outputs().forEach(output -> producers.put(output, node));
            node.inputs().forEach(input -> consumers
                    .computeIfAbsent(input, k -> new ArrayList<>())
                    .add(node));
        }
    }

    String file() {
        return file;
    }

    List<String> inputs() {
        return inputs;
    }

    List<OnnxNode> nodes(String op) {
        return nodes.stream().filter(node -> node.op().equals(op)).toList();
    }

    Optional<OnnxTensor> initializer(String name) {
        return Optional.ofNullable(initializers.get(name));
    }

    Optional<OnnxNode> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** The nodes of one kind that read any output of a node. */
    List<OnnxNode> consumers(OnnxNode node, String op) {
        return node.outputs().stream()
                .flatMap(output -> consumers.getOrDefault(output, List.of()).stream())
                .filter(consumer -> consumer.op().equals(op))
                .toList();
    }

    /** A value that is known without running the graph: an initializer, or what a Constant node holds. */
    Optional<OnnxTensor> constant(String value) {
        OnnxTensor initializer = initializers.get(value);
        if (initializer != null) {
            return Optional.of(initializer);
        }
        return producer(value).filter(node -> node.op().equals("Constant")).map(node -> node.tensors()
                .get("value"));
    }
}
