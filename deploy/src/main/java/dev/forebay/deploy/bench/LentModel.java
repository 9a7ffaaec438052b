package dev.forebay.deploy.bench;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.util.List;

/** A model that several contenders use in turn: it is warm already, and whoever is given it does not close it. */
record LentModel(Model lender) implements Model {
    @Override
    public ModelDescription describe() {
        return lender.describe();
    }

    @Override
    public void warmUp() {
        // was done once, before the first contender
    }

    @Override
    public List<Tokens> tokenize(List<String> texts) {
        return lender.tokenize(texts);
    }

    @Override
    public List<Inference> infer(List<Tokens> batch) {
        return lender.infer(batch);
    }

    @Override
    public void close() {
        // belongs to the lender
    }
}
