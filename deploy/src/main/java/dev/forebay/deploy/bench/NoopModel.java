package dev.forebay.deploy.bench;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.util.Collections;
import java.util.List;

/** A model that does nothing: each text is one token, each answer the same vector of one number. */
final class NoopModel implements Model {
    private static final ModelDescription DESCRIPTION =
            new ModelDescription("noop", "000000000000", 1, 1, "fp32", "cpu");
    private static final Tokens ONE_TOKEN = new Tokens(new long[] {1}, false);
    private static final Inference ANSWER = new Inference.Vector(new float[] {1});

    @Override
    public ModelDescription describe() {
        return DESCRIPTION;
    }

    @Override
    public void warmUp() {
        // there is nothing to be warmed
    }

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        return Collections.nCopies(texts.size(), ONE_TOKEN);
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        return Collections.nCopies(batch.size(), ANSWER);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
