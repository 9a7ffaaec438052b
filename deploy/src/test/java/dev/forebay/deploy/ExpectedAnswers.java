package dev.forebay.deploy;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Classification;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.djl.LocalModels;
import dev.forebay.worker.infer.BatchRunner;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.TokenBudget;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.task.Task;
import dev.forebay.worker.task.TasksConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers that the embedded model gives when it is asked directly, one text at a time. */
final class ExpectedAnswers implements AutoCloseable {
    /** Where the tests of this module keep the imported model between runs. */
    static final Path MODELS = Path.of("target", "models").toAbsolutePath();

    private final DjlModel model;
    private final Task task;
    private final Map<String, Classification> answers = new HashMap<>();

    private ExpectedAnswers(DjlModel model) {
        this.model = model;
        Section tasks =
                Section.of(Map.of("triage", Map.of("task", "classify", "labels", ShortTexts.LABELS)), new Problems());
        Task triage = TasksConfig.read(tasks).over(model).get("triage");
        if (triage == null) {
            throw new IllegalStateException("no task triage");
        }
        this.task = triage;
    }

    static ExpectedAnswers open() throws IOException {
        Section models = Section.of(
                Map.of("directory", MODELS.toString(), "precision", "fp32", "executors", 2, "threads", 1),
                new Problems());
        return new ExpectedAnswers(LocalModels.open(ModelsConfig.read(models), line -> {}));
    }

    Classification of(String text) {
        return answers.computeIfAbsent(text, this::ask);
    }

    private Classification ask(String text) {
        Task.Plan plan = task.plan(text);
        List<ItemOutcome> outcomes = new BatchRunner(model, new TokenBudget(1024, (now, learned, halvings) -> {}))
                .run(model.tokenize(plan.texts()));
        float[] vector = outcomes.get(0).fold(ItemOutcome.Encoded::vector, failed -> {
            throw new AssertionError(failed.message());
        });
        return (Classification) plan.outcome(List.of(vector));
    }

    @Override
    public void close() {
        model.close();
    }
}
