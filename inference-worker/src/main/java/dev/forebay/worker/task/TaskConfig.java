package dev.forebay.worker.task;

import dev.forebay.worker.infer.Model;
import java.util.List;

/** One entry of the {@code tasks} section. */
public sealed interface TaskConfig permits TaskConfig.Classify, TaskConfig.Embed, TaskConfig.Summarize {
    /** As requests name it. */
    String name();

    /** Whether equal texts of one tenant may share a pass through the model. */
    boolean reuse();

    /** The task over a model. Encodes the labels of a classification; the others cost nothing. */
    Task over(Model model);

    /**
     * {@code task: classify}.
     *
     * @param temperature of the softmax over cosines; lower makes the scores more certain
     */
    record Classify(String name, Task.Overlong overlong, List<Label> labels, double temperature, boolean reuse)
            implements TaskConfig {
        @Override
        public Task over(Model model) {
            return ClassifyTask.over(model, this);
        }
    }

    /** {@code task: embed}. */
    record Embed(String name, Task.Overlong overlong, boolean reuse) implements TaskConfig {
        @Override
        public Task over(Model model) {
            return new EmbedTask(this, model.describe());
        }
    }

    /**
     * {@code task: summarize}.
     *
     * @param sentences in a summary; a shorter text is given whole
     */
    record Summarize(String name, Task.Overlong overlong, int sentences, boolean reuse) implements TaskConfig {
        @Override
        public Task over(Model model) {
            return new SummarizeTask(this, model.describe());
        }
    }
}
