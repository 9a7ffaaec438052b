package dev.forebay.worker.task;

import dev.forebay.schemas.record.Embedding;
import dev.forebay.worker.infer.ModelDescription;
import java.util.ArrayList;
import java.util.List;

/** The text's vector, as the model gives it. */
public final class EmbedTask implements Task {
    private static final double LENGTH_TOLERANCE = 1e-3;

    private final TaskConfig.Embed config;
    private final ModelDescription model;

    EmbedTask(TaskConfig.Embed config, ModelDescription model) {
        this.config = config;
        this.model = model;
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public ModelDescription model() {
        return model;
    }

    @Override
    public Overlong overlong() {
        return config.overlong();
    }

    @Override
    public boolean reuse() {
        return config.reuse();
    }

    @Override
    public Plan plan(String text) {
        return new OneText(text, EmbedTask::embedding);
    }

    private static Embedding embedding(float[] vector) {
        List<Float> values = new ArrayList<>(vector.length);
        for (float value : vector) {
            values.add(value);
        }
        double length = Math.sqrt(Vectors.dot(vector, vector));
        return new Embedding(values, Math.abs(length - 1) < LENGTH_TOLERANCE);
    }
}
