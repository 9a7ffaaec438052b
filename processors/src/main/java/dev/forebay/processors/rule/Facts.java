package dev.forebay.processors.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelVariableResolver;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Generation;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an expression can ask of a result. */
public final class Facts implements CelVariableResolver {
    private static final List<Fact> ALL = List.of(
            new Fact("request_id", SimpleType.STRING, Result::getRequestId),
            new Fact("task", SimpleType.STRING, Result::getTask),
            new Fact("tenant", SimpleType.STRING, Result::getTenant),
            new Fact("kind", SimpleType.STRING, result -> kind(result.getOutcome())),
            new Fact("label", SimpleType.STRING, result -> label(result.getOutcome())),
            new Fact("score", SimpleType.DOUBLE, result -> score(result.getOutcome())),
            new Fact(
                    "scores",
                    MapType.create(SimpleType.STRING, SimpleType.DOUBLE),
                    result -> scores(result.getOutcome())),
            new Fact("text", SimpleType.STRING, result -> text(result.getOutcome())),
            new Fact("tokens", SimpleType.INT, result -> (long) result.getTokens()),
            new Fact(
                    "coverage",
                    SimpleType.STRING,
                    result -> lower(result.getCoverage().name())),
            new Fact("model", SimpleType.STRING, result -> named(result.getModel())),
            new Fact("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING), Result::getAttributes));

    private static final Map<String, Fact> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Fact::name, fact -> fact));

    private final Result result;

    private Facts(Result result) {
        this.result = result;
    }

    public static Facts of(Result result) {
        return new Facts(result);
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(fact -> fact.of().apply(result));
    }

    static List<Fact> all() {
        return ALL;
    }

    /** One variable, as processors/docs/rules.md explains it. */
    record Fact(String name, CelType type, Function<Result, Object> of) {}

    /** {@code classification}, {@code embedding}, {@code summary} or {@code generation}. */
    private static String kind(Object outcome) {
        return lower(outcome.getClass().getSimpleName());
    }

    /** Empty where the outcome is not a classification. */
    private static String label(Object outcome) {
        return outcome instanceof Classification found ? found.getLabel() : "";
    }

    /** Not a number where the outcome is not a classification, so that no comparison with it holds. */
    private static double score(Object outcome) {
        return outcome instanceof Classification found ? found.getScore() : Double.NaN;
    }

    private static String named(ModelRef model) {
        return model.getName() + "@" + model.getVersion();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, Double> scores(Object outcome) {
        Map<String, Double> scores = new HashMap<>();
        if (outcome instanceof Classification found) {
            for (LabelScore score : found.getScores()) {
                scores.put(score.getLabel(), score.getScore());
            }
        }
        return scores;
    }

    /** Of a summary or a generation; empty for the others. */
    private static String text(Object outcome) {
        if (outcome instanceof Summary summary) {
            return summary.getText();
        }
        return outcome instanceof Generation generation ? generation.getText() : "";
    }
}
