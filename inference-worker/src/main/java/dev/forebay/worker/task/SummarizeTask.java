package dev.forebay.worker.task;

import dev.forebay.schemas.record.Span;
import dev.forebay.schemas.record.Summary;
import dev.forebay.worker.infer.ModelDescription;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An extractive summary: some of the text's own sentences in their own order, with their places in the source. Nothing
 * is invented. Of a text with more than {@link #MAX_SENTENCES} sentences the rest is not looked at.
 */
public final class SummarizeTask implements Task {
    static final int MAX_SENTENCES = 256;

    private final TaskConfig.Summarize config;
    private final ModelDescription model;

    SummarizeTask(TaskConfig.Summarize config, ModelDescription model) {
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
        Sentences.Split split = Sentences.of(text, MAX_SENTENCES);
        List<String> texts =
                split.sentences().stream().map(sentence -> sentence.in(text)).toList();
        return new Extract(split, texts, config.sentences());
    }

    private record Extract(Sentences.Split split, List<String> texts, int count) implements Plan {
        @Override
        public boolean truncated() {
            return split.truncated();
        }

        @Override
        public Summary outcome(List<float[]> vectors) {
            List<Integer> chosen = SentenceChoice.choose(vectors, count);
            String joined = chosen.stream().map(texts::get).collect(Collectors.joining(" "));
            List<Span> spans = chosen.stream()
                    .map(split.sentences()::get)
                    .map(sentence -> new Span(sentence.firstCodePoint(), sentence.endCodePoint()))
                    .toList();
            return new Summary(joined, spans);
        }
    }
}
