package dev.forebay.worker.simulation;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model whose answer is a pure function of the text, so that a mix-up of rows shows; fails on some marked texts, and on
 * others ends the process.
 */
final class FakeModel implements Model {
    static final ModelDescription DESCRIPTION = new ModelDescription("fake", "0", 1, 64, "fp32", "cpu");
    static final String POISON = "poison";
    /** The device has no memory for it every other time. */
    static final String LARGE = "large";

    static final String CRASH = "crash";
    private static final long CRASHES = Long.MIN_VALUE;

    private final Random random;
    private final Runnable crashing;

    /** @param crashing run in the place of whoever dies with the process */
    FakeModel(Random random, Runnable crashing) {
        this.random = random;
        this.crashing = crashing;
    }

    /** Where a real process would have ended. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

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
            ids[0] = text.contains(CRASH) ? CRASHES : id(text);
            tokens.add(new Tokens(ids, false));
        }
        return tokens;
    }

    private static long id(String text) {
        return text.contains(POISON) ? -1 : text.contains(LARGE) ? -2 - answer(text) : answer(text);
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        if (batch.stream().anyMatch(tokens -> tokens.ids()[0] == CRASHES)) {
            crashing.run();
            throw new Crash();
        }
        List<Inference> inferences = new ArrayList<>();
        for (Tokens tokens : batch) {
            long id = tokens.ids()[0];
            if (id == -1) {
                throw new ModelException("poison", null);
            }
            if (id < 0 && random.nextBoolean()) {
                throw new OutOfMemoryException("no memory", new IllegalStateException("full"));
            }
            inferences.add(new Inference.Vector(new float[] {id < 0 ? -2 - id : id}));
        }
        return inferences;
    }

    static long answer(String text) {
        return Math.floorMod(text.hashCode(), 1 << 20);
    }

    @Override
    public void close() {}
}
