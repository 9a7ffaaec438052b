package dev.forebay.processors.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.verdict.Condition.Scores;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final List<String> TASKS = List.of("triage", "digest");
    private static final List<String> LABELS = List.of("refund", "billing", "card");
    private static final List<String> VALUES = List.of("DE", "FR");

    @Test
    void firstRouteThatMatchesWins() {
        Route narrow = route("narrow", new Condition(Set.of(), Set.of("refund"), Scores.ALL, Map.of()));
        Route wide = route("wide", new Condition(Set.of(), Set.of(), Scores.ALL, Map.of()));

        assertThat(new Router(List.of(narrow, wide)).route(Results.labelled("refund", 0.9)))
                .contains(narrow);
        assertThat(new Router(List.of(narrow, wide)).route(Results.labelled("card", 0.9)))
                .contains(wide);
        assertThat(new Router(List.of(narrow)).route(Results.labelled("card", 0.9)))
                .isEmpty();
    }

    @Test
    void scoreRangeHoldsItsLowerEndOnly() {
        Router router =
                new Router(List.of(route("r", new Condition(Set.of(), Set.of(), new Scores(0.8, 0.95), Map.of()))));

        assertThat(router.route(Results.labelled("refund", 0.8))).isPresent();
        assertThat(router.route(Results.labelled("refund", 0.95))).isEmpty();
        assertThat(router.route(Results.labelled("refund", Double.NaN))).isEmpty();
    }

    @Test
    void outcomeWithoutALabelMatchesOnlyWhereNoneIsAskedFor() {
        Result embedding = Results.embedded(Map.of("country", "DE"));
        Condition country = new Condition(Set.of(), Set.of(), Scores.ALL, Map.of("country", "DE"));

        assertThat(country.holds(embedding)).isTrue();
        assertThat(new Condition(Set.of(), Set.of("refund"), Scores.ALL, Map.of()).holds(embedding))
                .isFalse();
        assertThat(new Condition(Set.of(), Set.of(), new Scores(0, 1), Map.of()).holds(embedding))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void routesAsASlowReadingOfTheRulesDoes(long seed) {
        Random random = new Random(seed);
        int routed = 0;
        for (int i = 0; i < 500; i++) {
            List<Route> routes = new ArrayList<>();
            for (int r = random.nextInt(6); r > 0; r--) {
                routes.add(route("route-" + r, condition(random)));
            }
            Result result = result(random);

            String actual = new Router(routes).route(result).map(Route::name).orElse("none");

            assertThat(actual)
                    .as("seed %d, round %d, %s, %s", seed, i, routes, result)
                    .isEqualTo(slowly(routes, result));
            routed += actual.equals("none") ? 0 : 1;
        }
        assertThat(routed)
                .as("seed %d: the rules neither match always nor never", seed)
                .isBetween(50, 450);
    }

    /** Each part of each rule spelt out, in the order in which a person reads it. */
    private static String slowly(List<Route> routes, Result result) {
        Object outcome = result.getOutcome();
        for (Route route : routes) {
            Condition when = route.when();
            boolean fails = false;
            if (!when.tasks().isEmpty() && !when.tasks().contains(result.getTask())) {
                fails = true;
            }
            for (Map.Entry<String, String> attribute : when.attributes().entrySet()) {
                if (!attribute.getValue().equals(result.getAttributes().get(attribute.getKey()))) {
                    fails = true;
                }
            }
            String label = outcome instanceof Classification found ? found.getLabel() : null;
            Double score = outcome instanceof Classification found ? Double.valueOf(found.getScore()) : null;
            if (!when.labels().isEmpty() && (label == null || !when.labels().contains(label))) {
                fails = true;
            }
            if (when.scores().atLeast() > 0
                    && (score == null || score < when.scores().atLeast())) {
                fails = true;
            }
            if (when.scores().below() < 1
                    && (score == null || score >= when.scores().below())) {
                fails = true;
            }
            if (!fails) {
                return route.name();
            }
        }
        return "none";
    }

    private static Condition condition(Random random) {
        Set<String> labels = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.add(pick(LABELS, random));
        }
        double atLeast = random.nextBoolean() ? Scores.ALL.atLeast() : (1 + random.nextInt(8)) / 10.0;
        double below = random.nextBoolean() ? Scores.ALL.below() : (2 + random.nextInt(8)) / 10.0;
        Map<String, String> attributes = random.nextInt(3) > 0 ? Map.of() : Map.of("country", pick(VALUES, random));
        Set<String> tasks = random.nextBoolean() ? Set.of() : Set.of(pick(TASKS, random));
        return new Condition(tasks, labels, new Scores(atLeast, below), attributes);
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

    private static Route route(String name, Condition when) {
        return new Route(name, when, new Topics.Topic("topic-" + name, TopicFormat.AVRO));
    }
}
