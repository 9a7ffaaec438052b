package dev.forebay.worker.task;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.ModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Zero-shot classification: the cosine of the text with each label's description, made into probabilities by a softmax
 * with a temperature. Every label has a score, highest first; equal scores stand in the order of the configuration.
 */
public final class ClassifyTask implements Task {
    private final String name;
    private final ModelDescription model;
    private final Overlong overlong;
    private final List<Label> labels;
    private final List<float[]> directions;
    private final double temperature;
    private final boolean reuse;

    private ClassifyTask(TaskConfig.Classify config, ModelDescription model, List<float[]> directions) {
        this.name = config.name();
        this.model = model;
        this.overlong = config.overlong();
        this.labels = config.labels();
        this.directions = directions;
        this.temperature = config.temperature();
        this.reuse = config.reuse();
    }

    /** Encodes the descriptions, once. */
    static ClassifyTask over(Model model, TaskConfig.Classify config) {
        List<Inference> rows = model.infer(
                model.tokenize(config.labels().stream().map(Label::description).toList()));
        List<float[]> directions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String label = config.labels().get(i).name();
            directions.add(rows.get(i).fold(Inference.Vector::values, invalid -> {
                throw new ModelException("the label " + label + " cannot be encoded: " + invalid.message());
            }));
        }
        return new ClassifyTask(config, model.describe(), directions);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelDescription model() {
        return model;
    }

    @Override
    public Overlong overlong() {
        return overlong;
    }

    @Override
    public boolean reuse() {
        return reuse;
    }

    @Override
    public Plan plan(String text) {
        return new OneText(text, this::classify);
    }

    private Classification classify(float[] vector) {
        double[] scores = directions.stream()
                .mapToDouble(direction -> Vectors.cosine(vector, direction))
                .toArray();
        softmax(scores, temperature);
        List<LabelScore> ranked = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ranked.add(new LabelScore(labels.get(i).name(), scores[i]));
        }
        // stable, so equals stay in the order of the labels
        ranked.sort(Comparator.comparingDouble(LabelScore::getScore).reversed());
        return new Classification(ranked.get(0).getLabel(), ranked.get(0).getScore(), ranked);
    }

    /** In place; the largest is taken off first, so that no exponential overflows. */
    static void softmax(double[] values, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp((values[i] - largest) / temperature);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }
}
