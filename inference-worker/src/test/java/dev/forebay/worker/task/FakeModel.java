package dev.forebay.worker.task;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model that knows a few texts by heart. */
final class FakeModel implements Model {
    private final Map<String, float[]> vectors;
    private final List<String> known = new ArrayList<>();

    FakeModel(Map<String, float[]> vectors) {
        this.vectors = vectors;
    }

    @Override
    public ModelDescription describe() {
        return new ModelDescription("fake", "0123456789ab", 2, 16, "fp32", "cpu");
    }

    @Override
    public void warmUp() {}

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        return texts.stream()
                .map(text -> {
                    known.add(text);
                    return new Tokens(new long[] {known.size() - 1}, false);
                })
                .toList();
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        return batch.stream()
                .map(tokens -> {
                    float[] vector = vectors.get(known.get((int) tokens.ids()[0]));
                    return vector == null ? new Inference.Invalid("unknown") : (Inference) new Inference.Vector(vector);
                })
                .toList();
    }

    @Override
    public void close() {}
}
