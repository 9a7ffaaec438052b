package dev.forebay.worker.models;

import java.util.List;
import java.util.Map;

/**
 * One operation of an ONNX graph.
 *
 * @param tensors its tensor attributes by name; the others are not read
 */
record OnnxNode(String op, List<String> inputs, List<String> outputs, Map<String, OnnxTensor> tensors) {
    /** One input; empty, which no value is named, where the node has fewer. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }
}
