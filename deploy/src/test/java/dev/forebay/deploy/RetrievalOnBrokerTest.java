package dev.forebay.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.deploy.pipeline.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The example of processors/docs/retrieval.md on a broker, with the model: articles become passages, and questions find
 * those of their own tenant, of what is there and is not deleted, also after a restart.
 */
@Tag("slow")
final class RetrievalOnBrokerTest {
    private static final Path EXAMPLE = Path.of("..", "processors", "examples", "retrieval");
    private static final Path PAGE = Path.of("..", "processors", "docs", "retrieval.md");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private static EmbeddedCluster cluster;
    private static ForebayConfig config;
    private static KafkaProducer<byte[], byte[]> producer;
    private int asked;

    @BeforeAll
    static void start() throws IOException {
        cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0));
        config = ForebayConfig.readForAnyCluster(EXAMPLE.resolve("forebay.yaml"))
                .on(cluster.bootstrapServers(), cluster.registryUrl());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(2));
        }
    }

    @AfterAll
    static void stop() {
        producer.close();
        cluster.close();
    }

    @Test
    void pageShowsTheExample() throws IOException {
        assertThat(Files.readString(PAGE)).contains(Files.readString(EXAMPLE.resolve("forebay.yaml")));
    }

    @Test
    void questionsFindThePassagesOfTheirTenant() throws Exception {
        List<String> articles = Files.readAllLines(EXAMPLE.resolve("articles.jsonl"));
        for (String line : articles) {
            JsonNode article = JSON.readTree(line);
            send(
                    "kb.articles",
                    article.get("key").asText(),
                    article.get("value").toString());
        }
        try (RunningWorker worker = RunningWorker.start(config, RunningWorker.load(config, line -> {}))) {
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await(() -> {
                    assertThat(worker.failure()).isEmpty();
                    assertThat(processors.failure()).isEmpty();
                    assertThat(byKey("kb.passages")).hasSize(articles.size());
                });
                // From here on a question that comes a moment later finds them; the first may come before.
                await(() -> assertThat(ask("acme", "How long does a refund take?")
                                .path("titles")
                                .asText())
                        .startsWith("[\"Refunds\""));

                JsonNode lost = ask("acme", "My bank card was stolen, what now?");
                assertThat(lost.path("articles").asText()).startsWith("[\"a-2\"");
                assertThat(Double.parseDouble(lost.path("nearest").asText())).isBetween(0.5, 1.0);
                assertThat(lost.has("vector")).isFalse();
                assertThat(work(lost).path("text").asText())
                        .startsWith("[1] If your bank card is lost or stolen, block it in the app")
                        .endsWith("\n\nMy bank card was stolen, what now?");

                assertThat(ask("bolt", "How long does a refund take?")
                                .path("articles")
                                .asText())
                        .as("the nearest of all is another tenant's")
                        .isEqualTo("[\"b-1\"]");
                assertThat(ask("carl", "How long does a refund take?")
                                .path("articles")
                                .asText())
                        .isEqualTo("[]");

                send("kb.passages", "a-2", null);
                await(() -> assertThat(ask("acme", "My bank card was stolen, what now?")
                                .path("articles")
                                .asText())
                        .doesNotContain("a-2"));
            }
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                assertThat(ask("acme", "How long does a refund take?")
                                .path("titles")
                                .asText())
                        .as("read whole before the first question")
                        .startsWith("[\"Refunds\"");
                assertThat(ask("acme", "My bank card was stolen, what now?")
                                .path("articles")
                                .asText())
                        .doesNotContain("a-2");
                assertThat(processors.failure()).isEmpty();
            }
        }
    }

    /** The attributes of the result of one more question. */
    private JsonNode ask(String tenant, String text) throws Exception {
        String id = "q-" + asked++;
        send(
                "support.questions",
                id,
                JSON.createObjectNode()
                        .put("id", id)
                        .put("tenant", tenant)
                        .put("text", text)
                        .toString());
        Map<String, JsonNode> results = new HashMap<>();
        await(() -> {
            results.putAll(byKey("forebay.results"));
            assertThat(results).containsKey(id);
        });
        JsonNode result = results.get(id);
        assertThat(result.path("task").asText()).isEqualTo("reply");
        return ((ObjectNode) result.path("attributes")).put("id", id);
    }

    /** The request that the worker got for the answer. */
    private static JsonNode work(JsonNode attributes) {
        return lines("forebay.work").stream()
                .map(line -> line.path("value"))
                .filter(value -> value.path("request_id").equals(attributes.path("id"))
                        && value.path("task").asText().equals("reply"))
                .findFirst()
                .orElseThrow();
    }

    /** The last value of each key of a topic. */
    private static Map<String, JsonNode> byKey(String topic) {
        Map<String, JsonNode> values = new HashMap<>();
        lines(topic).forEach(line -> values.put(line.path("key").asText(), line.path("value")));
        return values;
    }

    private static List<JsonNode> lines(String topic) {
        List<JsonNode> lines = new ArrayList<>();
        new TopicReader(config.kafka(), config.codecs())
                .read(topic, false, Long.MAX_VALUE, () -> false, line -> lines.add(tree(line)));
        return lines;
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    private static void send(String topic, String key, @Nullable String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)))
                .get(20, TimeUnit.SECONDS);
    }
}
