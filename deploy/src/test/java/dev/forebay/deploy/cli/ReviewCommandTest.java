package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's work on a real broker: results wait, are decided on, go on, and become examples. */
final class ReviewCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CONFIG =
            """
            kafka: {bootstrap.servers: '%s'}
            registry: {schema.registry.url: '%s', auto.register.schemas: true}
            tasks: {triage: {task: classify, labels: [refund, fault]}}
            verdict:
              review-decisions: true
              abstain-below: 0.5
              routes: [{name: refunds, when: label == 'refund', to: support.refunds, format: json}]
            """;

    @TempDir
    private Path directory;

    @Test
    void resultsAreListedDecidedOnAndExported() throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            String file = Files.writeString(
                            directory.resolve("forebay.yaml"),
                            CONFIG.formatted(cluster.bootstrapServers(), cluster.registryUrl()))
                    .toString();
            ForebayConfig config = ForebayConfig.read(Path.of(file));
            try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
                broker.create(TopicPlan.of(config), Optional.of(1));
            }
            assertThat(CapturedConsole.run("review", "list", file).err()).contains("Nothing waits for a person.");
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                send(config, "r-1", "r-2", "r-3");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(list(file)).hasSize(4));
                assertThat(list(file).get(1)).contains("0-0", "r-1", "fault", "0.400", "text of r-1");

                decide(file, "0-0", "--label", "refund");
                decide(file, positionOf("r-2", file), "--reject", "--note", "not ours");
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(CapturedConsole.read(cluster, "support.refunds"))
                            .hasSize(1)
                            .allMatch(r -> r.contains("\"r-1\""));
                    assertThat(CapturedConsole.read(cluster, "forebay.rejections"))
                            .hasSize(1)
                            .allMatch(r -> r.contains("not ours"));
                });
                assertThat(list(file)).hasSize(2).last().asString().contains("r-3");

                // Somebody else had the same list before her.
                decide(file, "0-0", "--release");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(CapturedConsole.read(cluster, "forebay.dead-letters"))
                                .hasSize(1)
                                .allMatch(r -> r.contains("already_decided")));
                assertThat(CapturedConsole.read(cluster, "support.refunds")).hasSize(1);
                assertThat(processors.failure()).isEmpty();
            }
            Path examples = directory.resolve("examples.jsonl");
            CapturedConsole export = CapturedConsole.run("review", "export", file, "--output", examples.toString());
            assertThat(export.code()).isZero();
            assertThat(Files.readAllLines(examples).get(0))
                    .contains("\"text\":\"text of r-1\"", "\"label\":\"refund\"", "\"model_label\":\"fault\"");
            CapturedConsole absent = CapturedConsole.run("review", "decide", file, "0-99", "--release");
            assertThat(absent.code()).isEqualTo(2);
            assertThat(absent.err()).contains("There is no result at 0-99 of topic forebay.review.");
        }
    }

    @Test
    void configurationThatReadsNoDecisionsIsToldSo() throws IOException {
        Path file = Files.writeString(
                directory.resolve("plain.yaml"),
                "{kafka: {bootstrap.servers: 'localhost:1'}, tasks: {e: {task: embed}}}");

        CapturedConsole run = CapturedConsole.run("review", "list", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Set verdict.review-decisions: true");
    }

    private static List<String> list(String file) {
        return CapturedConsole.run("review", "list", file).out().lines().toList();
    }

    /** As a person finds it: where a transaction ends between two results, an offset between them is its own. */
    private static String positionOf(String request, String file) {
        String row = list(file).stream()
                .filter(line -> line.contains(request))
                .findFirst()
                .orElseThrow();
        return row.substring(0, row.indexOf(' '));
    }

    private static void decide(String file, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "review";
        all[1] = "decide";
        all[2] = file;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        CapturedConsole run = CapturedConsole.run(all);
        assertThat(run.err()).contains("decided on 1 result.");
        assertThat(run.code()).isZero();
    }

    private static void send(ForebayConfig config, String... ids) {
        var codec = config.codecs().of(config.topics().outcomes(), Result.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String id : ids) {
                Result result = Result.newBuilder()
                        .setRequestId(id)
                        .setTask("triage")
                        .setOutcome(new Classification(
                                "fault", 0.4, List.of(new LabelScore("fault", 0.4), new LabelScore("refund", 0.3))))
                        .setModel(new ModelRef("none", "0"))
                        .setTokens(1)
                        .setAttributes(Map.of())
                        .setIssuedAt(Instant.now())
                        .setCompletedAt(Instant.now())
                        .setText("text of " + id)
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(
                        config.topics().outcomes().name(), id.getBytes(StandardCharsets.UTF_8), codec.encode(result)));
            }
        }
    }
}
