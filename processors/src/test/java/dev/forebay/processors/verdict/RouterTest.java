package dev.forebay.processors.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.confidence.Calibrations;
import dev.forebay.processors.rule.Expressions;
import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import dev.forebay.processors.verdict.Router.Routing;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final List<String> TASKS = List.of("triage", "digest");
    private static final List<String> LABELS = List.of("refund", "billing", "card");
    private static final List<String> VALUES = List.of("DE", "FR");

    @Test
    void firstRouteThatMatchesWins() throws UndecidedException {
        List<Route> routes = List.of(route("narrow", "label == 'refund'"), route("wide", "true"));

        assertThat(names(routes, Routing.FIRST, Results.labelled("refund", 0.9)))
                .containsExactly("narrow");
        assertThat(names(routes, Routing.FIRST, Results.labelled("card", 0.9))).containsExactly("wide");
        assertThat(names(routes.subList(0, 1), Routing.FIRST, Results.labelled("card", 0.9)))
                .isEmpty();
    }

    @Test
    void allRoutesThatMatchAreTakenWhereAllIsAskedFor() throws UndecidedException {
        List<Route> routes =
                List.of(route("narrow", "label == 'refund'"), route("never", "false"), route("unconditional", ""));

        assertThat(names(routes, Routing.ALL, Results.labelled("refund", 0.9)))
                .containsExactly("narrow", "unconditional");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "score > 0, true",
                "score >= 0.9 && score < 0.95, true",
                "score < 0.9, false",
                "kind == 'classification', true",
                "tokens > 10 && coverage == 'truncated', true",
                "scores['other'] < 0.2, true",
                "scores.refund == score, true",
                "attributes.country == 'DE', true",
                "attributes.land == 'DE', false",
                "attributes.land != 'DE', false",
                "!has(attributes.land), true",
                "attributes.land == 'DE' || label == 'refund', true",
                "tenant == 'acme' && request_id.startsWith('r-'), true",
                "model == 'minilm@0123456789ab', true",
                "label.matches('^(a+)+$'), false"
            })
    void conditionsReadAsTheyAreWritten(String when, boolean holds) throws UndecidedException {
        Result result = Results.labelled("triage", "refund", 0.9, Map.of("country", "DE"));

        assertThat(names(List.of(route("r", when)), Routing.FIRST, result)).hasSize(holds ? 1 : 0);
    }

    @Test
    void outcomeWithoutALabelHasAnEmptyOneAndNoScore() throws UndecidedException {
        Result embedding = Results.embedded(Map.of("country", "DE"));

        for (String when : List.of("score > 0.0", "score <= 0.0", "label == 'refund'", "scores.refund > 0.0")) {
            assertThat(names(List.of(route("r", when)), Routing.FIRST, embedding))
                    .as(when)
                    .isEmpty();
        }
        assertThat(names(List.of(route("r", "kind == 'embedding' && label == ''")), Routing.FIRST, embedding))
                .hasSize(1);
    }

    @Test
    void conditionWithoutAnAnswerSaysSoWithoutTheResult() {
        Result result = Results.labelled("triage", "refund", 0.9, Map.of("n", "a secret"));

        assertThatThrownBy(() -> names(List.of(route("r", "int(attributes.n) > 3")), Routing.FIRST, result))
                .isInstanceOf(UndecidedException.class)
                .hasMessage("bad format in int(attributes.n) > 3");
    }

    @Test
    void loopThatIsTooLongHasNoAnswer() {
        String text = "x".repeat(2_000);
        Result result = Results.labelled("triage", "refund", 0.9, Map.of("text", text));
        String when = "attributes.text.split('').all(a, a == 'x')";
        // The standard library has no split, so the loop runs over a literal list in a loop.
        String loop = "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, "
                + "[1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, a + b + c + d > 0))))";

        assertThat(problems(when)).isNotEmpty();
        assertThatThrownBy(() -> names(List.of(route("r", loop)), Routing.FIRST, result))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("iteration budget exceeded");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void routesAsASlowReadingOfTheRulesDoes(long seed) throws UndecidedException {
        Random random = new Random(seed);
        int routed = 0;
        for (int i = 0; i < 60; i++) {
            List<Wish> wishes = new ArrayList<>();
            List<Route> routes = new ArrayList<>();
            for (int r = random.nextInt(4); r > 0; r--) {
                Wish wish = Wish.any(random);
                wishes.add(wish);
                routes.add(route("route-" + wishes.size(), wish.asCel()));
            }
            for (int k = 0; k < 10; k++) {
                Result result = result(random);
                List<String> expected = new ArrayList<>();
                for (int w = 0; w < wishes.size(); w++) {
                    if (wishes.get(w).grantedBy(result)) {
                        expected.add("route-" + (w + 1));
                    }
                }

                assertThat(names(routes, Routing.ALL, result))
                        .as("seed %d, round %d, %s, %s", seed, i, wishes, result)
                        .isEqualTo(expected);
                assertThat(names(routes, Routing.FIRST, result))
                        .isEqualTo(expected.subList(0, Math.min(1, expected.size())));
                routed += expected.isEmpty() ? 0 : 1;
            }
        }
        assertThat(routed)
                .as("seed %d: the rules neither match always nor never", seed)
                .isBetween(50, 550);
    }

    /** One rule in plain Java. */
    private record Wish(
            @Nullable String task, List<String> labels, double atLeast, double below, @Nullable String country) {
        static Wish any(Random random) {
            List<String> labels = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                labels.add(pick(LABELS, random));
            }
            return new Wish(
                    random.nextBoolean() ? null : pick(TASKS, random),
                    labels,
                    random.nextBoolean() ? Double.NEGATIVE_INFINITY : (1 + random.nextInt(8)) / 10.0,
                    random.nextBoolean() ? Double.POSITIVE_INFINITY : (2 + random.nextInt(8)) / 10.0,
                    random.nextInt(3) > 0 ? null : pick(VALUES, random));
        }

        String asCel() {
            StringJoiner cel = new StringJoiner(" && ", "true && ", " && true");
            cel.setEmptyValue("true");
            if (task != null) {
                cel.add("task == '" + task + "'");
            }
            if (!labels.isEmpty()) {
                cel.add("label in ['" + String.join("', '", labels) + "']");
            }
            if (Double.isFinite(atLeast)) {
                cel.add("score >= " + atLeast);
            }
            if (Double.isFinite(below)) {
                cel.add("score < " + below);
            }
            if (country != null) {
                cel.add("attributes.country == '" + country + "'");
            }
            return cel.toString();
        }

        boolean grantedBy(Result result) {
            boolean classified = result.getOutcome() instanceof Classification;
            String label = result.getOutcome() instanceof Classification found ? found.getLabel() : "";
            double score = result.getOutcome() instanceof Classification found ? found.getScore() : 0;
            if (task != null && !task.equals(result.getTask())) {
                return false;
            }
            if (!labels.isEmpty() && !labels.contains(label)) {
                return false;
            }
            if (Double.isFinite(atLeast) && !(classified && score >= atLeast)) {
                return false;
            }
            if (Double.isFinite(below) && !(classified && score < below)) {
                return false;
            }
            return country == null || country.equals(result.getAttributes().get("country"));
        }
    }

    private static Result result(Random random) {
        Map<String, String> attributes = new HashMap<>();
        if (random.nextBoolean()) {
            attributes.put("country", pick(VALUES, random));
        }
        if (random.nextInt(5) == 0) {
            return Results.embedded(attributes);
        }
        // Tenths, so that the ends of the ranges are met often.
        return Results.labelled(pick(TASKS, random), pick(LABELS, random), random.nextInt(11) / 10.0, attributes);
    }

    private static String pick(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> names(List<Route> routes, Routing routing, Result result) throws UndecidedException {
        return new Router(routes, routing)
                .routes(Facts.of(result, new Calibrations(Map.of()).of(result).value())).stream()
                        .map(Route::name)
                        .toList();
    }

    private static Route route(String name, String when) {
        Problems problems = new Problems();
        Section section = Section.of(when.isEmpty() ? Map.of() : Map.of("when", when), problems);
        Route route = new Route(
                name,
                new Expressions(Set.copyOf(TASKS)).condition(section, "when"),
                new Topics.Topic("topic-" + name, TopicFormat.AVRO),
                Shape.WHOLE);
        assertThat(problems.all()).as(when).isEmpty();
        return route;
    }

    private static List<?> problems(String when) {
        Problems problems = new Problems();
        new Expressions(Set.copyOf(TASKS)).condition(Section.of(Map.of("when", when), problems), "when");
        return problems.all();
    }
}
