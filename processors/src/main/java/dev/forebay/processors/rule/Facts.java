package dev.forebay.processors.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelVariableResolver;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Generation;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an expression can ask of a result, or of a request. */
public final class Facts implements CelVariableResolver {
    private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private static final List<Fact<Judged>> OF_RESULTS = List.of(
            fact("request_id", SimpleType.STRING, Result::getRequestId),
            fact("task", SimpleType.STRING, Result::getTask),
            fact("tenant", SimpleType.STRING, Result::getTenant),
            fact("kind", SimpleType.STRING, result -> kind(result.getOutcome())),
            fact("label", SimpleType.STRING, result -> label(result.getOutcome())),
            fact("score", SimpleType.DOUBLE, result -> score(result.getOutcome())),
            new Fact<>("confidence", SimpleType.DOUBLE, Judged::confidence),
            fact("scores", MapType.create(SimpleType.STRING, SimpleType.DOUBLE), result -> scores(result.getOutcome())),
            fact("text", SimpleType.STRING, result -> text(result.getOutcome())),
            fact("tokens", SimpleType.INT, result -> (long) result.getTokens()),
            fact(
                    "coverage",
                    SimpleType.STRING,
                    result -> lower(result.getCoverage().name())),
            fact("model", SimpleType.STRING, result -> named(result.getModel())),
            fact("attributes", TEXTS, Result::getAttributes));

    private static final List<Fact<Request>> OF_REQUESTS = List.of(
            new Fact<>("request_id", SimpleType.STRING, Request::getRequestId),
            new Fact<>("task", SimpleType.STRING, Request::getTask),
            new Fact<>("tenant", SimpleType.STRING, Request::getTenant),
            new Fact<>("text", SimpleType.STRING, Request::getText),
            new Fact<>(
                    "lane",
                    SimpleType.STRING,
                    request -> lower(request.getLane().name())),
            new Fact<>("attributes", TEXTS, Request::getAttributes));

    private static final Map<String, Fact<Judged>> RESULTS_BY_NAME = byName(OF_RESULTS);
    private static final Map<String, Fact<Request>> REQUESTS_BY_NAME = byName(OF_REQUESTS);

    private final Function<String, Optional<Object>> values;

    private Facts(Function<String, Optional<Object>> values) {
        this.values = values;
    }

    /** @param confidence how sure its label is, 0 to 1; not a number where nobody knows */
    public static Facts of(Result result, double confidence) {
        Judged judged = new Judged(result, confidence);
        return new Facts(name -> Optional.ofNullable(RESULTS_BY_NAME.get(name))
                .map(fact -> fact.of().apply(judged)));
    }

    public static Facts of(Request request) {
        return new Facts(name -> Optional.ofNullable(REQUESTS_BY_NAME.get(name))
                .map(fact -> fact.of().apply(request)));
    }

    @Override
    public Optional<Object> find(String name) {
        return values.apply(name);
    }

    static List<Fact<Judged>> ofResults() {
        return OF_RESULTS;
    }

    static List<Fact<Request>> ofRequests() {
        return OF_REQUESTS;
    }

    /** One variable, as processors/docs/rules.md and digests.md explain it. */
    record Fact<T>(String name, CelType type, Function<T, Object> of) {}

    /** A result with how sure its label is. */
    record Judged(Result result, double confidence) {}

    private static Fact<Judged> fact(String name, CelType type, Function<Result, Object> of) {
        return new Fact<>(name, type, judged -> of.apply(judged.result));
    }

    private static <T> Map<String, Fact<T>> byName(List<Fact<T>> facts) {
        return facts.stream().collect(Collectors.toUnmodifiableMap(Fact::name, fact -> fact));
    }

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
