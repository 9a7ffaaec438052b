package dev.forebay.deploy.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Answers the requests of a trial, one by one: as the event says, else by the configured model, which is loaded then. */
final class TrialModel implements AutoCloseable {
    private static final String OF_THE_EVENT = "outcome-of-the-event";

    private static final int SHOWN = 3;

    private final ForebayConfig config;
    private final Consumer<String> progress;
    private @Nullable Model model;
    private Map<String, Task> tasks = Map.of();

    TrialModel(ForebayConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    Result answer(Request request, TrialEvent event, Instant now) {
        JsonNode given = event.outcome();
        return given == null
                ? inferred(request, now)
                : result(
                        request,
                        outcome(given, event.line()),
                        new ModelRef(OF_THE_EVENT, given.path("model").asText("0")),
                        false,
                        0,
                        now);
    }

    /** An outcome in a few words. */
    static String said(Result result) {
        Object outcome = result.getOutcome();
        String by = " (" + result.getModel().getName() + ")";
        if (outcome instanceof Classification found) {
            return found.getScores().stream()
                    .limit(SHOWN)
                    .map(score -> String.format(Locale.ROOT, "%s %.3f", score.getLabel(), score.getScore()))
                    .collect(Collectors.joining(", ", "", by));
        }
        if (outcome instanceof Summary summary) {
            return summary.getText() + by;
        }
        return outcome instanceof Embedding embedding
                ? "a vector of " + embedding.getVector().size() + " numbers" + by
                : outcome.getClass().getSimpleName() + by;
    }

    private Result inferred(Request request, Instant now) {
        Model asked = model();
        Task task = Optional.ofNullable(tasks.get(request.getTask())).orElseThrow();
        Task.Plan plan = task.plan(request.getText());
        List<Tokens> tokens = asked.tokenize(plan.texts());
        List<float[]> vectors = new ArrayList<>();
        for (Inference inference : asked.infer(tokens)) {
            vectors.add(inference.fold(Inference.Vector::values, invalid -> {
                throw new IllegalStateException(invalid.message());
            }));
        }
        ModelDescription described = asked.describe();
        return result(
                request,
                plan.outcome(vectors),
                new ModelRef(described.name(), described.version()),
                plan.truncated() || tokens.stream().anyMatch(Tokens::truncated),
                tokens.stream().mapToInt(Tokens::count).sum(),
                now);
    }

    private Model model() {
        if (model == null) {
            model = RunningWorker.load(config, progress);
            tasks = config.tasks().over(model);
        }
        return model;
    }

    private static Result result(
            Request request, SpecificRecord outcome, ModelRef model, boolean truncated, int tokens, Instant now) {
        return Result.newBuilder()
                .setRequestId(request.getRequestId())
                .setTask(request.getTask())
                .setTenant(request.getTenant())
                .setOutcome(outcome)
                .setModel(model)
                .setCoverage(truncated ? Coverage.TRUNCATED : Coverage.WHOLE)
                .setTokens(tokens)
                .setAttributes(request.getAttributes())
                .setIssuedAt(request.getIssuedAt())
                .setCompletedAt(now)
                .build();
    }

    /** {@code {"label": ..., "score": ...}}, {@code {"text": ...}} or {@code {"vector": [...]}}, each with the {@code model}'s version where that matters. */
    private static SpecificRecord outcome(JsonNode given, long line) {
        if (given.path("label").isTextual()) {
            return classification(given);
        }
        if (given.path("text").isTextual()) {
            return new Summary(given.get("text").textValue(), List.of());
        }
        if (given.path("vector").isArray()) {
            List<Float> vector = new ArrayList<>();
            given.get("vector").forEach(number -> vector.add(number.floatValue()));
            return new Embedding(vector, false);
        }
        throw new UsageException(
                "Line " + line + " has an outcome without a label, text or vector, such as {\"label\": \"refund\","
                        + " \"score\": 0.9}.");
    }

    private static Classification classification(JsonNode given) {
        String label = given.get("label").textValue();
        double score = given.path("score").asDouble(1);
        List<LabelScore> scores = new ArrayList<>();
        scores.add(new LabelScore(label, score));
        given.path("scores").properties().forEach(other -> {
            if (!other.getKey().equals(label)) {
                scores.add(new LabelScore(other.getKey(), other.getValue().asDouble()));
            }
        });
        scores.sort(Comparator.comparingDouble(LabelScore::getScore).reversed());
        return new Classification(label, score, scores);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
