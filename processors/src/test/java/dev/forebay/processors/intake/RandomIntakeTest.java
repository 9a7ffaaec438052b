package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.completion.PartEventTexts;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.names.SmallModel;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded configurations of right and wrong values for every key: each is refused with problems that say how to mend it, or
 * makes a topology in which every event ends on a topic.
 */
class RandomIntakeTest {
    private static final long SEED = Long.getLong("forebay.intake.seed", 5);
    private static final int CONFIGURATIONS = Integer.getInteger("forebay.intake.configurations", 1_000);
    private static final int EVENTS = 20;
    private static final Set<String> TASKS = Set.of("triage", "digest");
    private static final Topics TOPICS = Topics.defaults();
    private static final List<String> OUT =
            List.of("forebay.work", "forebay.work-bulk", "forebay.rejections", "forebay.dead-letters");

    private static final Map<String, List<Object>> PLACES = Map.of(
            "json", List.of("/text", "/list/0/text", "/customer/name", "/n", "", "/gone", "/list", "/vector"),
            "avro", List.of("text", "list", "tags.customer", "n", ".", "gone"),
            "csv", List.of("text", "n", "kind"));

    @TempDir
    private Path directory;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);
    private final List<byte[]> values = values();
    private int apart;

    @Test
    void everyConfigurationIsRefusedWithItsFixOrTakesEveryEvent() {
        int refused = 0;
        int parts = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Random random = new Random(SEED * 1_000_003 + i);
            Map<String, Object> intake = intake(random);
            String which = "seed " + SEED + ", configuration " + i + ": " + intake;
            Problems problems = new Problems();
            IntakeConfig config = read(intake, problems, which);
            if (problems.all().isEmpty()) {
                parts += run(config, random, which);
            } else {
                refused++;
                problems.all().forEach(problem -> assertMendable(problem, which));
            }
        }
        assertThat(refused).as("refused").isBetween(CONFIGURATIONS / 5, CONFIGURATIONS * 4 / 5);
        assertThat(apart).as("requests of events that were told of").isGreaterThan(CONFIGURATIONS / 10);
        assertThat(parts).as("records beyond one for each event").isGreaterThan(CONFIGURATIONS / 3);
    }

    private static IntakeConfig read(Map<String, Object> intake, Problems problems, String which) {
        try {
            return IntakeConfig.read(Section.of(intake, problems), TOPICS, TASKS);
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
    }

    private static void assertMendable(Problem problem, String which) {
        assertThat(problem.key()).as(which).isNotBlank();
        assertThat(problem.value()).as(which).isNotNull();
        assertThat(problem.allowed()).as(which + problem).isNotBlank();
        assertThat(problem.fix()).as(which + problem).isNotBlank().matches(".*[.?]");
    }

    /** How many records more than events came out. */
    private int run(IntakeConfig config, Random random, String which) {
        List<String> topics = config.sourcesWith(TOPICS.requests()).stream()
                .map(Source::topic)
                .toList();
        int records = 0;
        boolean told = random.nextBoolean();
        try (TopologyRun run = new TopologyRun(topology(config, told))) {
            for (String topic : config.referenceTopics()) {
                for (int i = 0; i < EVENTS; i++) {
                    run.pipe(topic, event(random));
                }
            }
            for (int i = 0; i < EVENTS; i++) {
                run.pipe(topics.get(random.nextInt(topics.size())), event(random));
                Set<String> parts = new HashSet<>();
                int made = 0;
                for (String topic : OUT) {
                    List<TestRecord<byte[], byte[]>> out = run.all(topic);
                    made += out.size();
                    out.stream()
                            .filter(record -> record.headers().lastHeader(Headers.EVENT) != null)
                            .forEach(record -> parts.add(requestId(topic, record)));
                }
                assertThat(made).as("%s, event %d", which, i).isPositive();
                records += made;
                if (told) {
                    Set<String> requests = run.all(TOPICS.partEvents().name()).stream()
                            .flatMap(record -> PartEventTexts.requests(record).stream())
                            .collect(Collectors.toSet());
                    assertThat(requests).as("%s, event %d", which, i).isEqualTo(parts);
                    apart += parts.size();
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError(which, e);
        }
        return records - EVENTS;
    }

    private Topology topology(IntakeConfig config, boolean told) {
        PartEvents partEvents = told ? PartEvents.to(TOPICS.partEvents()) : PartEvents.none();
        return IntakeTopology.build(
                LivePolicy.fixed(config),
                TOPICS,
                new IntakeTopology.Means(codecs, new Databases(), () -> NOW, new Refusals(), Trail.NONE, partEvents));
    }

    private String requestId(String topic, TestRecord<byte[], byte[]> record) {
        return switch (topic) {
            case "forebay.rejections" ->
                TopologyRun.decoded(codecs.of(TOPICS.rejections(), Rejection.class), record.value())
                        .getRequestId();
            case "forebay.dead-letters" ->
                TopologyRun.decoded(codecs.of(TOPICS.deadLetters(), DeadLetter.class), record.value())
                        .getRequestId();
            default ->
                TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value())
                        .getRequestId();
        };
    }

    private TestRecord<byte[], byte[]> event(Random random) {
        RecordHeaders headers = new RecordHeaders();
        if (random.nextInt(10) == 0) {
            headers.add(Headers.EVENT, bytes("[\"default\",\"e-1\"]"));
        }
        String[] names = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "forebay-parts"
        };
        String[] good = {"1.0", "e-1", "/shop", "note", "2026-11-24T10:00:00Z", "application/json", "1,2"};
        for (int i = 0; i < names.length; i++) {
            if (random.nextInt(10) < 8 && (i < 5 || random.nextInt(4) == 0)) {
                headers.add(names[i], bytes(random.nextInt(20) == 0 ? "?" : good[i]));
            }
        }
        if (random.nextInt(8) == 0) {
            headers.remove("content-type").add("content-type", bytes("application/cloudevents+json"));
        }
        byte[] value = random.nextInt(15) == 0 ? null : values.get(random.nextInt(values.size()));
        if (value != null && value.length > 0 && random.nextInt(10) == 0) {
            value = value.clone();
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        return new TestRecord<>(random.nextBoolean() ? null : bytes("k"), value, headers, NOW.minusSeconds(60));
    }

    private Map<String, Object> intake(Random random) {
        Map<String, Object> intake = new LinkedHashMap<>();
        put(random, intake, "max-chars", 4, List.of(1, 20, 100_000), List.of(0, "many", Map.of()));
        put(random, intake, "max-record-bytes", 4, List.of("1 KiB", 4_096, "16 MiB"), List.of("1 GiB", -1));
        put(random, intake, "duplicates", 20, List.of(Map.of("window", "10 min"), Map.of()), List.of("10 min", 7));
        put(random, intake, "quota", 8, QUOTAS, List.of(Map.of("per", "1 min"), Map.of("requests", 0), 7));
        put(random, intake, "language", 6, LANGUAGES, List.of(Map.of("allowed", "xx"), Map.of("margin", 0), "en"));
        put(random, intake, "redaction", 6, redactions(), List.of(Map.of("types", "emial"), wrongModel(), "email"));
        put(random, intake, "surces", 60, List.of(), List.of(List.of()));
        if (random.nextInt(3) == 0) {
            intake.put("enrich", List.of(enrich(random, "plan"), enrich(random, "region")));
        } else if (random.nextInt(3) == 0) {
            intake.put("enrich", List.of(nearest(random)));
        }
        intake.put("sources", List.of(source(random, "a"), source(random, random.nextInt(60) == 0 ? "a" : "b")));
        return intake;
    }

    private static final List<Object> LANGUAGES = List.of(
            Map.of("detect", true),
            Map.of("allowed", List.of("en", "de"), "unsure", "reject", "margin", 1.1),
            Map.of("tenants", Map.of("acme", Map.of("allowed", "fr", "min-chars", 1))));

    private List<Object> redactions() {
        Map<String, Object> names = SmallModel.keys(directory, "name", "person");
        return List.of(
                Map.of("types", List.of("email", "phone"), "region", "DE", "attributes", true),
                Map.of("types", List.of("name", "card"), "models", List.of(names)),
                Map.of("models", List.of(names), "tenants", Map.of("acme", Map.of("types", "name"))));
    }

    private Map<String, Object> wrongModel() {
        Map<String, Object> names = SmallModel.keys(directory, "name", "person");
        return Map.of("models", List.of(names, Map.of("type", "town", "file", "none", "least", 7), "name"));
    }

    private static final List<Object> QUOTAS = List.of(
            Map.of(),
            Map.of("requests", 3, "per", "1 h"),
            Map.of("requests", 3, "burst", 1, "excess", "bulk"),
            Map.of("tenants", Map.of("acme", Map.of("requests", 1, "per", "31 d"))));
    /** Mostly such as can go on without data: a topology that waits takes no event. */
    private static Map<String, Object> enrich(Random random, String attribute) {
        Map<String, Object> entry = new LinkedHashMap<>();
        String format = pick(random, List.of("json", "avro", "text"));
        String place = Map.of("json", "/plan", "avro", "plan", "text", "").getOrDefault(format, "");
        put(random, entry, "name", 1, List.of(attribute), List.of("", List.of()));
        put(random, entry, "topic", 1, List.of("crm." + format), List.of("a", "forebay.work", "a b"));
        put(random, entry, "format", 1, List.of(format), List.of("csv", Map.of()));
        put(random, entry, "by", 1, List.of("x", "customer"), List.of("", Map.of()));
        put(random, entry, "attributes", 1, List.of(Map.of(attribute, place)), WRONG_ENRICHED);
        boolean defaulted = random.nextBoolean();
        put(random, entry, "missing", 1, List.of(defaulted ? "default" : "reject"), List.of("skip", "null"));
        if (defaulted) {
            put(
                    random,
                    entry,
                    "default",
                    1,
                    List.of(Map.of(attribute, "none")),
                    List.of(Map.of(), Map.of("b", "c"), 7));
        }
        put(random, entry, "jdbc", 60, List.of(), List.of(Map.of("url", "jdbc:x", "query", "select ? + ?"), "x"));
        return entry;
    }

    /** Searched by an attribute that may be a vector, a text or nothing. */
    private static Map<String, Object> nearest(Random random) {
        Map<String, Object> entry = new LinkedHashMap<>();
        boolean json = random.nextBoolean();
        put(random, entry, "name", 1, List.of("handbook"), List.of("", List.of()));
        put(random, entry, "topic", 1, List.of("kb"), List.of("a", "forebay.work"));
        put(random, entry, "format", 1, List.of(json ? "json" : "avro"), List.of("text", "jsn"));
        put(random, entry, "by", 1, List.of("x"), List.of("", Map.of()));
        put(random, entry, "tasks", 3, List.of("triage", List.of("triage", "digest")), List.of("triaeg", Map.of()));
        put(random, entry, "attributes", 3, List.of(Map.of("plan", json ? "/text" : "text")), WRONG_ENRICHED);
        boolean plan = entry.containsKey("attributes");
        boolean defaulted = random.nextBoolean();
        put(random, entry, "missing", 1, List.of(defaulted ? "default" : "reject"), List.of("skip"));
        if (defaulted) {
            Map<String, Object> right = plan ? Map.of("plan", "none", "k", "none") : Map.of("k", "none");
            put(random, entry, "default", 1, List.of(right), List.of(Map.of(), 7));
        }
        Map<String, Object> nearest = new LinkedHashMap<>();
        put(random, nearest, "vector", 1, List.of(json ? "/vector" : "list"), List.of("a..b~", List.of()));
        put(random, nearest, "dimensions", 1, List.of(2, 3), List.of(0, 5_000, "many"));
        put(
                random,
                nearest,
                random.nextBoolean() ? "shared" : "tenant",
                1,
                List.of(json ? "/id" : "text"),
                List.of("~x"));
        nearest.computeIfPresent("shared", (key, value) -> value.equals("~x") ? value : true);
        put(random, nearest, "keys", 1, List.of("k"), List.of("part", ""));
        put(random, nearest, "most", 3, List.of(1, 100), List.of(0, 101));
        put(random, nearest, "least", 3, List.of(-1, 0.5), List.of(2, "near"));
        put(random, nearest, "limit", 3, List.of(1, 10), List.of(0));
        put(random, nearest, "context", 3, List.of(context(json)), List.of(Map.of(), Map.of("text", "~"), 7));
        put(random, entry, "nearest", 1, List.of(nearest), List.of(Map.of(), 7));
        return entry;
    }

    private static Map<String, Object> context(boolean json) {
        return Map.of("text", json ? "/text" : "text", "template", "{passages} {text}");
    }

    private static final List<Object> WRONG_ENRICHED =
            List.of(Map.of(), "plan", Map.of("part", ""), Map.of("plan", "~x", "region", "a..b"));

    private static Map<String, Object> source(Random random, String topic) {
        String format = pick(random, List.of("json", "json", "json", "avro", "avro", "csv", "text", "request"));
        Map<String, Object> source = new LinkedHashMap<>();
        put(random, source, "topic", 1, List.of(topic), List.of("a b", "forebay.work", List.of()));
        put(random, source, "format", 1, List.of(format), List.of("jsn", "", List.of()));
        put(random, source, "sample", 6, List.of(0.5, 1, "0.1"), List.of(2, "half"));
        put(random, source, "lane", 4, List.of("live", "bulk"), List.of("fast"));
        if (format.equals("request")) {
            put(random, source, "encoding", 2, List.of("avro", "json"), List.of("csv"));
            source.remove("lane");
            return source;
        }
        put(random, source, "expires-after", 4, List.of("1 h", "30 s"), List.of("0 s", 5));
        put(random, source, "cloudevents", 4, List.of(true, false), List.of("yes"));
        put(random, source, "tenant", 4, List.of("acme"), List.of(" ", Map.of()));
        boolean chosen = !format.equals("text") && random.nextInt(3) == 0;
        if (!chosen) {
            put(
                    random,
                    source,
                    "task",
                    1,
                    List.of("triage", List.of("digest"), List.of("triage", "digest")),
                    WRONG_TASKS);
        }
        if (!format.equals("text")) {
            places(random, source, format, chosen);
        }
        return source;
    }

    private static final List<Object> WRONG_TASKS = List.of("triaeg", List.of(), List.of("triage", "triage"), Map.of());

    private static void places(Random random, Map<String, Object> source, String format, boolean chosen) {
        List<Object> right = PLACES.getOrDefault(format, List.of());
        List<Object> wrong = List.of("a..b~", "zzzzzzzz/", List.of("/a"));
        if (format.equals("csv")) {
            put(random, source, "columns", 1, List.of(List.of("n", "text", "kind")), List.of(List.of("x", "x")));
        }
        if (random.nextInt(3) == 0) {
            String place = "{" + pick(random, right) + (random.nextBoolean() ? "?}" : "}");
            put(random, source, "template", 1, List.of(place, "a {{" + place + " b" + place), WRONG_TEMPLATES);
        } else {
            put(random, source, "text", 1, right, wrong);
        }
        put(random, source, "id", 2, right, wrong);
        put(random, source, "tenant-from", 4, right, wrong);
        put(random, source, "attributes", 3, List.of(Map.of("x", pick(random, right))), List.of("x", Map.of("x", "~")));
        if (chosen) {
            put(
                    random,
                    source,
                    "task-from",
                    1,
                    List.of(from(random, right)),
                    List.of(Map.of(), "kind", Map.of("at", "~")));
        }
        if (!format.equals("csv") && random.nextBoolean()) {
            put(random, source, "each", 1, List.of(format.equals("json") ? "/list" : "list"), wrong);
            put(random, source, "each-limit", 3, List.of(1, 2, 1_000), List.of(0, "all"));
            put(
                    random,
                    source,
                    "of-event",
                    3,
                    List.of(Map.of("y", pick(random, right))),
                    List.of(7, Map.of("part", "/a")));
        }
        put(random, source, "txt", 60, List.of(), List.of("/a"));
    }

    private static final List<Object> WRONG_TEMPLATES = List.of("no place", "{", "}", "{/a} {b", "{~~}", "", List.of());

    private static Map<String, Object> from(Random random, List<Object> places) {
        Map<String, Object> from = new LinkedHashMap<>();
        from.put("at", pick(random, places));
        from.put("tasks", Map.of("7", "triage", "complaint", "digest"));
        put(random, from, "otherwise", 2, List.of("triage"), List.of("triaeg", List.of()));
        return from;
    }

    /** Every so often, and then the wrong one of thirty times. */
    private static void put(
            Random random, Map<String, Object> map, String key, int every, List<Object> right, List<Object> wrong) {
        if (random.nextInt(every) == 0) {
            boolean isWrong = right.isEmpty() || random.nextInt(30) == 0;
            map.put(key, pick(random, isWrong ? wrong : right));
        }
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private List<byte[]> values() {
        String json =
                """
                {"id": "e-1", "text": "Where is my card?", "n": 7, "kind": "complaint", "customer": {"name": "Ann"},
                 "vector": [0.6, 0.8], "list": [{"text": "one"}, {"text": ""}, {"n": 7}, "two"]}""";
        Request request =
                new Request("r-1", "triage", "acme", "Hello", Map.of(), Lane.LIVE, NOW.minusSeconds(90), null);
        Topics.Topic asAvro = new Topics.Topic("r", TopicFormat.AVRO);
        Topics.Topic asJson = new Topics.Topic("r", TopicFormat.JSON);
        return List.of(
                bytes(json),
                bytes("{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/s\",\"type\":\"t\",\"data\":" + json
                        + "}"),
                bytes("{\"list\": []}"),
                bytes("[1, null]"),
                bytes("7,\"Where, exactly?\",complaint"),
                bytes("Where is my card?"),
                new byte[0],
                ticket(),
                codecs.of(asAvro, Request.class).encode(request),
                codecs.of(asJson, Request.class).encode(request));
    }

    private byte[] ticket() {
        Schema schema = SchemaBuilder.record("Ticket")
                .fields()
                .requiredString("text")
                .requiredInt("n")
                .name("tags")
                .type(Schema.createMap(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .name("list")
                .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .endRecord();
        GenericData.Record ticket = new GenericData.Record(schema);
        ticket.put("text", "Where is my card?");
        ticket.put("n", 7);
        ticket.put("tags", new HashMap<>(Map.of("customer", "Ann")));
        ticket.put("list", List.of("one", "two", " "));
        return WireBytes.of(registry, "tickets-value", ticket);
    }
}
