package dev.forebay.worker.simulation;

import dev.forebay.schemas.record.Embedding;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Encodes each word of a text apart; the outcome is their answers in order. */
final class FakeTask implements Task {
    @Override
    public String name() {
        return "words";
    }

    @Override
    public ModelDescription model() {
        return FakeModel.DESCRIPTION;
    }

    @Override
    public Overlong overlong() {
        return Overlong.TRUNCATE;
    }

    @Override
    public Plan plan(String text) {
        return new Plan() {
            @Override
            public List<String> texts() {
                return List.of(text.split(" ", -1));
            }

            @Override
            public SpecificRecord outcome(List<float[]> vectors) {
                List<Float> answers = new ArrayList<>();
                vectors.forEach(vector -> answers.add(vector[0]));
                return new Embedding(answers, false);
            }
        };
    }

    static Embedding expected(String text) {
        List<Float> answers = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            answers.add((float) FakeModel.answer(word));
        }
        return new Embedding(answers, false);
    }
}
