package dev.forebay.worker.flow;

import dev.forebay.schemas.record.Embedding;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Encodes each word of a text apart; the outcome is their answers in order. */
record WordsTask(String name, Overlong overlong, boolean reuse) implements Task {
    @Override
    public ModelDescription model() {
        return TellingModel.DESCRIPTION;
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
}
