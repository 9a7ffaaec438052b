package dev.forebay.processors.verdict;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.completion.PartEventTexts;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Seeded configurations of right and wrong values for every key: each is refused with problems that say how to mend it, or
 * makes a topology in which every outcome ends on a topic.
 */
class RandomVerdictTest {
    private static final long SEED = Long.getLong("forebay.verdict.seed", 5);
    private static final int CONFIGURATIONS = Integer.getInteger("forebay.verdict.configurations", 1_000);
    private static final int OUTCOMES = 10;
    private static final Set<String> TASKS = Set.of("triage", "digest");
    private static final Topics TOPICS = Topics.defaults();

    private static final List<Object> CONDITIONS = List.of(
            "true",
            "label == 'refund'",
            "score >= 0.5 && task == 'triage'",
            "confidence >= 0.5 && confidence < 0.9",
            "attributes.country == 'DE' || !has(attributes.n)",
            "int(attributes.n) > 3",
            "scores.all(l, scores[l] < 0.9)",
            "text.matches('^(a+)+$')",
            "tokens / (tokens - 12) > 0");
    private static final List<Object> NO_CONDITIONS = List.of(
            "label",
            "label = 'x'",
            "lable == 'x'",
            "task == 'tirage'",
            "label.matches('(')",
            "1 +",
            Map.of("label", "x"));

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final Codec<Result> outcomes = codecs.of(TOPICS.outcomes(), Result.class);

    @Test
    void everyConfigurationIsRefusedWithItsFixOrTakesEveryOutcome() {
        int refused = 0;
        int copies = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Random random = new Random(SEED * 1_000_003 + i);
            Map<String, Object> verdict = verdict(random);
            String which = "seed " + SEED + ", configuration " + i + ": " + verdict;
            Problems problems = new Problems();
            VerdictConfig config = read(verdict, problems, which);
            if (problems.all().isEmpty()) {
                copies += run(config, random, which);
            } else {
                refused++;
                problems.all().forEach(problem -> assertMendable(problem, which));
            }
        }
        assertThat(refused).as("refused").isBetween(CONFIGURATIONS / 5, CONFIGURATIONS * 4 / 5);
        assertThat(copies).as("records beyond one for each outcome").isGreaterThan(CONFIGURATIONS / 10);
    }

    private static VerdictConfig read(Map<String, Object> verdict, Problems problems, String which) {
        try {
            return VerdictConfig.read(Section.of(verdict, problems), TOPICS, TASKS);
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
    }

    private static void assertMendable(Problem problem, String which) {
        assertThat(problem.key()).as(which).isNotBlank();
        assertThat(problem.value()).as(which).isNotNull();
        assertThat(problem.allowed()).as(which + problem).isNotBlank();
        assertThat(problem.fix()).as(which + problem).isNotBlank().matches("(?s).*[.?]");
    }

    /** How many records more than outcomes came out. */
    private int run(VerdictConfig config, Random random, String which) {
        Set<String> topics = Set.copyOf(new Outlets(config, TOPICS, codecs).topics());
        int records = 0;
        try (TopologyRun run = new TopologyRun(topology(config))) {
            for (int i = 0; i < OUTCOMES; i++) {
                Result outcome = result(random);
                boolean isPart = random.nextBoolean();
                run.pipe("forebay.outcomes", outcome(outcome, isPart));
                int rejected = run.all("forebay.rejections").size();
                int made = rejected
                        + topics.stream()
                                .filter(topic -> !topic.equals("forebay.rejections"))
                                .mapToInt(topic -> run.all(topic).size())
                                .sum();
                assertThat(run.all(TOPICS.partEvents().name()))
                        .as("%s, outcome %d", which, i)
                        .hasSize(isPart && rejected == 0 ? 1 : 0)
                        .allMatch(told -> PartEventTexts.ended(told).equals("e#1"));
                assertThat(made).as("%s, outcome %d", which, i).isPositive();
                records += made;
            }
            run.assertNothingElse();
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
        return records - OUTCOMES;
    }

    private TestRecord<byte[], byte[]> outcome(Result result, boolean isPart) {
        RecordHeaders headers = new RecordHeaders();
        Result outcome = result;
        if (isPart) {
            headers.add(Headers.EVENT, bytes("[\"acme\",\"e\"]"));
            outcome = Result.newBuilder(result).setRequestId("e#1").build();
        }
        return new TestRecord<>(bytes("k"), outcomes.encode(outcome), headers, NOW.minusSeconds(60));
    }

    private Topology topology(VerdictConfig config) {
        PartEvents partEvents = PartEvents.to(TOPICS.partEvents());
        return VerdictTopology.build(
                LivePolicy.fixed(config),
                TOPICS,
                new VerdictTopology.Means(
                        codecs, () -> NOW, new Refusals(), new Uncalibrated(), Trail.NONE, partEvents));
    }

    private static Result result(Random random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            attributes.put("country", random.nextBoolean() ? "DE" : "FR");
        }
        if (random.nextBoolean()) {
            attributes.put("n", random.nextBoolean() ? "7" : "many");
        }
        String task = random.nextBoolean() ? "triage" : "digest";
        return random.nextInt(4) == 0
                ? Results.embedded(attributes)
                : Results.labelled(task, random.nextBoolean() ? "refund" : "card", random.nextDouble(), attributes);
    }

    private static Map<String, Object> verdict(Random random) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        put(random, verdict, "abstain-below", 3, List.of(0, 0.5, 1), List.of(2, "often", Map.of()));
        put(random, verdict, "abstain", 5, List.of(Map.of("triage", 0.6)), List.of(Map.of("x", 0.6), 7));
        put(
                random,
                verdict,
                "calibration",
                2,
                List.of(
                        Map.of("triage", calibration("0.2", 0.1, "0.8", 0.7)),
                        Map.of("digest", Map.of("points", Map.of("0", 0.3), "model", "0123456789ab")),
                        Map.of("triage", Map.of("points", Map.of("1", 1), "model", List.of("a", "b")))),
                List.of(
                        Map.of("tirage", Map.of("points", Map.of("0", 0.3))),
                        Map.of("triage", calibration("0.8", 0.1, "0.2", 0.7)),
                        Map.of("triage", calibration("0.2", 0.7, "0.8", 0.1)),
                        Map.of("triage", Map.of("points", List.of(0.1, 0.2))),
                        Map.of("triage", Map.of()),
                        List.of(0.1, 0.2)));
        put(random, verdict, "routing", 2, List.of("first", "all"), List.of("some"));
        put(random, verdict, "review-decisions", 10, List.of(true, false), List.of("yes"));
        List<Object> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Map<String, Object> rule = new LinkedHashMap<>();
            put(random, rule, "name", 1, List.of("rule-" + i), List.of("a rule", ""));
            put(random, rule, "when", 1, CONDITIONS, NO_CONDITIONS);
            put(random, rule, "action", 1, List.of("allow", "mask", "review", "block"), List.of("hide", ""));
            rules.add(rule);
        }
        verdict.put("moderation", rules);
        List<Object> routes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            routes.add(route(random, i));
        }
        verdict.put("routes", routes);
        return verdict;
    }

    private static Map<String, Object> calibration(String score, double first, String higher, double second) {
        Map<String, Object> points = new LinkedHashMap<>();
        points.put(score, first);
        points.put(higher, second);
        return Map.of("points", points);
    }

    private static Map<String, Object> route(Random random, int number) {
        Map<String, Object> route = new LinkedHashMap<>();
        String format = random.nextInt(3) == 0 ? "avro" : random.nextBoolean() ? "json" : "cloudevents";
        put(random, route, "name", 1, List.of("route-" + number), List.of("route/1", List.of()));
        put(random, route, "when", 2, CONDITIONS, NO_CONDITIONS);
        put(random, route, "to", 1, List.of("out." + number), List.of("forebay.work", "a b", ""));
        put(random, route, "format", 1, List.of(format), List.of("csv"));
        put(random, route, "key", 4, List.of("attributes.country", "label"), List.of("score", "x"));
        put(random, route, "headers", 4, List.of(Map.of("x", "label")), List.of(Map.of("x", "tokens"), 3));
        if (!format.equals("avro")) {
            put(
                    random,
                    route,
                    "fields",
                    3,
                    List.of(
                            Map.of("a", "score", "b", "scores", "c", "[1, null, 'x']"),
                            Map.of("t", "timestamp('2026-11-24T12:00:00Z')", "d", "duration('90s')", "y", "b'x'"),
                            Map.of("n", "int(attributes.n)")),
                    List.of(Map.of("a", "scroe"), "a"));
        }
        put(random, route, "form", 80, List.of(), List.of("json"));
        return route;
    }

    /** Every so many times, a right value; of these one in 25 is a wrong one. */
    private static void put(
            Random random, Map<String, Object> map, String key, int every, List<Object> right, List<Object> wrong) {
        if (random.nextInt(every) != 0) {
            return;
        }
        boolean isWrong = right.isEmpty() || random.nextInt(25) == 0;
        List<Object> from = isWrong ? wrong : right;
        map.put(key, from.get(random.nextInt(from.size())));
    }
}
