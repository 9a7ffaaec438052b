package dev.forebay.worker.models;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The state of an archive whose matrices are packed while it is loaded: attributes and {@code __setstate__}, in
 * TorchScript's own notation.
 */
final class PackedState {
    private final List<String> tensors;
    private final LinearLayers form;
    private final Collection<String> linears;
    private final Set<String> owned = new HashSet<>();

    /**
     * @param tensors names in the order in which they are stored
     * @param linears the layers, each with a tensor {@code NAME_w} and a tensor {@code NAME_b}
     */
    PackedState(Collection<String> tensors, LinearLayers form, Collection<String> linears) {
        this.tensors = List.copyOf(tensors);
        this.form = form;
        this.linears = List.copyOf(linears);
        for (String layer : linears) {
            owned.add(layer + "_w");
            owned.add(layer + "_b");
        }
    }

    String attributes() {
        StringBuilder text = new StringBuilder();
        tensors.stream()
                .filter(name -> !owned.contains(name))
                .forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
        linears.forEach(layer -> text.append(form.declare(layer)));
        return text.toString();
    }

    String methods() {
        StringBuilder text = new StringBuilder();
        text.append("  def __setstate__(self: __torch__.Model,\n    state: Tuple[List[Tensor], bool]) -> NoneType:\n");
        text.append("    tensors, training, = state\n    self.training = training\n");
        for (int i = 0; i < tensors.size(); i++) {
            if (!owned.contains(tensors.get(i))) {
                text.append(LinearLayers.keep(tensors.get(i), i));
            }
        }
        for (String layer : linears) {
            text.append(form.store(layer, tensors.indexOf(layer + "_w"), tensors.indexOf(layer + "_b")));
        }
        text.append("    return None\n");
        // libtorch asks for both or none; nothing writes such a module again
        text.append("  def __getstate__(self: __torch__.Model) -> Tuple[List[Tensor], bool]:\n");
        text.append("    return (annotate(List[Tensor], []), self.training)\n");
        return text.toString();
    }
}
