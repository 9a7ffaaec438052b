package dev.forebay.worker.task;

import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** The plan of a task that encodes the text as it is. */
record OneText(String text, Function<float[], SpecificRecord> finish) implements Task.Plan {
    @Override
    public List<String> texts() {
        return List.of(text);
    }

    @Override
    public SpecificRecord outcome(List<float[]> vectors) {
        return finish.apply(vectors.get(0));
    }
}
