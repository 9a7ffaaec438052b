package dev.forebay.worker.flow;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A model that answers with the place of the text in its vocabulary, fails now and then, and counts what it saw. */
class TellingModel implements Model {
    static final ModelDescription DESCRIPTION = new ModelDescription("telling", "1", 1, 8, "fp32", "cpu");
    /** Two of them have the same 32-bit hash, one is too long for the window, one brings its batch down. */
    static final List<String> VOCABULARY =
            List.of("poison", "long-long-long", "Aa", "BB", "one", "two", "three", "four", "five", "six", "seven");

    static final String POISON = VOCABULARY.get(0);
    static final String LONG = VOCABULARY.get(1);

    private final Random random;
    private final int oneInFails;
    private final Consumer<Tokens> failed;
    private final LongAdder seen = new LongAdder();

    /**
     * @param oneInFails how many rows it takes for one that cannot be used; 0 for never
     * @param failed told of each text that failed, before anyone else is
     */
    TellingModel(Random random, int oneInFails, Consumer<Tokens> failed) {
        this.random = random;
        this.oneInFails = oneInFails;
        this.failed = failed;
    }

    static float answer(String text) {
        return VOCABULARY.indexOf(text);
    }

    static int tokens(String text) {
        return Math.min(text.length(), DESCRIPTION.maxTokens());
    }

    /** How many texts went through. */
    long seen() {
        return seen.sum();
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
            long[] ids = new long[tokens(text)];
            ids[0] = VOCABULARY.indexOf(text);
            tokens.add(new Tokens(ids, text.length() > DESCRIPTION.maxTokens()));
        }
        return tokens;
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        if (batch.stream().anyMatch(tokens -> tokens.ids()[0] == 0)) {
            if (batch.size() == 1) {
                failed.accept(batch.get(0));
            }
            throw new ModelException(POISON);
        }
        List<Inference> rows = new ArrayList<>();
        for (Tokens tokens : batch) {
            if (oneInFails > 0 && random.nextInt(oneInFails) == 0) {
                failed.accept(tokens);
                rows.add(new Inference.Invalid("this time"));
            } else {
                rows.add(new Inference.Vector(new float[] {tokens.ids()[0]}));
            }
        }
        seen.add(batch.size());
        return rows;
    }

    @Override
    public void close() {}
}
