package dev.forebay.worker.simulation;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.List;

/** A model whose answer is a pure function of the text, so that a mix-up of rows shows; fails on marked texts. */
final class FakeModel implements Model {
    static final ModelDescription DESCRIPTION = new ModelDescription("fake", "0", 1, 64, "fp32", "cpu");
    static final String POISON = "poison";

    @Override
    public ModelDescription describe() {
        return DESCRIPTION;
    }

    @Override
    public void warmUp() {}

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        List<Tokens> tokens = new ArrayList<>();
        for (String text : texts) {
            long[] ids = new long[1 + text.length() % 50];
            ids[0] = text.contains(POISON) ? -1 : answer(text);
            tokens.add(new Tokens(ids, false));
        }
        return tokens;
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        List<Inference> inferences = new ArrayList<>();
        for (Tokens tokens : batch) {
            if (tokens.ids()[0] < 0) {
                throw new ModelException("poison", null);
            }
            inferences.add(new Inference.Vector(new float[] {tokens.ids()[0]}));
        }
        return inferences;
    }

    static long answer(String text) {
        return Math.floorMod(text.hashCode(), 1 << 20);
    }

    @Override
    public void close() {}
}
