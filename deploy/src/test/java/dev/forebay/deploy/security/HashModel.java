package dev.forebay.deploy.security;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.util.List;

/** A model that answers at once with the hash of its text. */
final class HashModel implements Model {
    @Override
    public ModelDescription describe() {
        return new ModelDescription("hash", "000000000000", 2, 16, "fp32", "cpu");
    }

    @Override
    public void warmUp() {}

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        return texts.stream()
                .map(text -> new Tokens(new long[] {1, Math.floorMod(text.hashCode(), 30_000), 2}, false))
                .toList();
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        return batch.stream()
                .<Inference>map(tokens -> new Inference.Vector(new float[] {1, 0}))
                .toList();
    }

    @Override
    public void close() {}
}
