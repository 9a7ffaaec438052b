package dev.forebay.deploy.examples;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.record.Classification;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What the model of a classification says of texts: in batches of like length, without a broker. */
public final class Answers {
    private static final int BATCH = 32;

    private final Task task;
    private final Model model;

    /** @param task a classification over the model */
    public Answers(Task task, Model model) {
        this.task = task;
        this.model = model;
    }

    /**
     * An answer to each text, in their order; none to a text that the task would reject, because it is longer than the
     * model's window.
     *
     * @param progress told how many texts have been read
     * @throws FailedException where the model has no answer to a text
     */
    public List<Optional<Classification>> to(List<String> texts, IntConsumer progress) {
        BatchRunner runner = new BatchRunner(model, new TokenBudget(Integer.MAX_VALUE, (now, learned, halvings) -> {}));
        List<Optional<Classification>> answers = new ArrayList<>();
        texts.forEach(text -> answers.add(Optional.empty()));
        List<Integer> order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(index -> texts.get(index).length()))
                .toList();
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> batch = order.subList(from, Math.min(order.size(), from + BATCH));
            answer(runner, texts, batch, answers);
            progress.accept(from + batch.size());
        }
        return answers;
    }

    private void answer(
            BatchRunner runner, List<String> texts, List<Integer> batch, List<Optional<Classification>> answers) {
        List<Task.Plan> plans =
                batch.stream().map(index -> task.plan(texts.get(index))).toList();
        // A classification reads one text.
        List<Tokens> tokens =
                model.tokenize(plans.stream().map(plan -> plan.texts().get(0)).toList());
        List<ItemOutcome> outcomes = runner.run(tokens);
        for (int i = 0; i < batch.size(); i++) {
            if (task.overlong() == Task.Overlong.REJECT && tokens.get(i).truncated()) {
                continue;
            }
            float[] vector = outcomes.get(i).fold(ItemOutcome.Encoded::vector, failed -> {
                throw new FailedException("The model has no answer to an example: " + failed.message());
            });
            answers.set(batch.get(i), Optional.of((Classification) plans.get(i).outcome(List.of(vector))));
        }
    }
}
