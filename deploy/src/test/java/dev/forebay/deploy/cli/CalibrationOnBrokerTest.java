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
import dev.forebay.schemas.serde.Codec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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

/** A calibration on a real broker: what passes a threshold, what another model's results do, and a new calibration meanwhile. */
final class CalibrationOnBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CONFIG =
            """
            kafka: {bootstrap.servers: '%s'}
            registry: {schema.registry.url: '%s', auto.register.schemas: true}
            processors: {control: true}
            tasks: {triage: {task: classify, labels: [refund, fault]}}
            verdict:
              abstain-below: 0.5
              calibration: {triage: {model: "000000000001", points: {0.5: 0.25, 1: 0.75}}}
            """;

    @TempDir
    private Path directory;

    @Test
    void thresholdIsOfTheConfidenceAndANewModelWaitsForItsCalibration() throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            String file = write("forebay.yaml", CONFIG.formatted(cluster.bootstrapServers(), cluster.registryUrl()));
            ForebayConfig config = ForebayConfig.read(Path.of(file));
            try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
                broker.create(TopicPlan.of(config), Optional.of(1));
            }
            PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                processors.observe(metrics);
                send(config, "r-sure", 0.875, "000000000001");
                send(config, "r-unsure", 0.625, "000000000001");
                send(config, "r-new", 0.875, "000000000002");
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(read(cluster, "forebay.results", "r-sure")).contains("\"confidence\":0.625");
                    assertThat(read(cluster, "forebay.review", "r-unsure"))
                            .contains("\"confidence\":0.375", "The confidence 0.375, of the score 0.625, is below");
                    assertThat(read(cluster, "forebay.review", "r-new"))
                            .contains("\"confidence\":null", "Its confidence is unknown.", "none@000000000002");
                });
                assertThat(metrics.scrape()).contains("forebay_processors_uncalibrated_total 1.0");

                String change = write(
                        "change.yaml",
                        "verdict: {calibration: {triage: {model: \"000000000002\", points: {0.5: 0.5, 1: 1}}}}");
                assertThat(CapturedConsole.run("control", "set", file, change).code())
                        .isZero();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    send(config, "r-later", 0.75, "000000000002");
                    assertThat(read(cluster, "forebay.results", "r-later")).contains("\"confidence\":0.75");
                });
                assertThat(processors.failure()).isEmpty();
            }
        }
    }

    /** The records of a request, each on a line. */
    private static String read(EmbeddedCluster cluster, String topic, String request) {
        return String.join(
                "\n",
                CapturedConsole.read(cluster, topic).stream()
                        .filter(line -> line.contains(request))
                        .toList());
    }

    private static void send(ForebayConfig config, String id, double score, String version) {
        Codec<Result> codec = config.codecs().of(config.topics().outcomes(), Result.class);
        Result result = Result.newBuilder()
                .setRequestId(id)
                .setTask("triage")
                .setOutcome(new Classification("refund", score, List.of(new LabelScore("refund", score))))
                .setModel(new ModelRef("none", version))
                .setTokens(1)
                .setAttributes(Map.of())
                .setIssuedAt(Instant.now())
                .setCompletedAt(Instant.now())
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            // Closing the producer waits for it.
            var unused = producer.send(new ProducerRecord<>(
                    config.topics().outcomes().name(), id.getBytes(StandardCharsets.UTF_8), codec.encode(result)));
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
