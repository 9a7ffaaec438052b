package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.processors.Processors;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes of two partitions counted on a broker, by processors that lose their files to a restart. */
@Tag("slow")
final class CountsTest {
    private static final int OUTCOMES = 400;
    private static final int LABELS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Topics TOPICS = Topics.defaults();
    private static final Instant COMPLETED = Instant.parse("2026-11-24T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void restartInTheMiddleOfAWindowAndAfterItCountsEachOutcomeOnce(@TempDir Path directory) throws Exception {
        try (DigestCluster cluster = DigestCluster.start()) {
            ForebayConfig config = cluster.config(
                    Map.of("triage", Map.of("task", "embed")),
                    Map.of("aggregates", Map.of("to", "support.counts", "grace", "3 s")));
            Codecs codecs = Codecs.over(HttpSchemaRegistry.of(config.registry()));

            try (Processors processors = DigestCluster.processors(config, codecs, directory.resolve("first"))) {
                send(cluster, codecs, 0, OUTCOMES / 2);
                await(cluster, TOPICS.countEvents().name(), OUTCOMES / 2);
                assertThat(processors.failure()).isEmpty();
            }
            try (Processors processors = DigestCluster.processors(config, codecs, directory.resolve("second"))) {
                send(cluster, codecs, OUTCOMES / 2, OUTCOMES);
                await(cluster, "support.counts", LABELS + 1);
                assertThat(processors.failure()).isEmpty();
            }
            assertThat(latest(cluster)).isEqualTo(expected(OUTCOMES));

            try (Processors processors = DigestCluster.processors(config, codecs, directory.resolve("third"))) {
                send(cluster, codecs, OUTCOMES, OUTCOMES + LABELS);
                await(cluster, "support.counts", 2 * (LABELS + 1));
                assertThat(processors.failure()).isEmpty();
            }
            assertThat(latest(cluster)).as("corrected").isEqualTo(expected(OUTCOMES + LABELS));
        }
    }

    private static Map<String, Integer> expected(int outcomes) {
        Map<String, Integer> counts = new HashMap<>();
        counts.put("2026-11-24T12:00:00Z/default/triage/task", outcomes);
        for (int label = 0; label < LABELS; label++) {
            counts.put("2026-11-24T12:00:00Z/default/triage/label/label-" + label, outcomes / LABELS);
        }
        return counts;
    }

    /** The last count with each key. */
    private static Map<String, Integer> latest(DigestCluster cluster) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : cluster.read("support.counts")) {
            JsonNode count = JSON.readTree(record.value());
            counts.put(
                    new String(record.key(), StandardCharsets.UTF_8),
                    count.path(count.has("count") ? "count" : "answers").asInt());
        }
        return counts;
    }

    private static void send(DigestCluster cluster, Codecs codecs, int from, int to) {
        Codec<Result> codec = codecs.of(TOPICS.outcomes(), Result.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                String label = "label-" + i % LABELS;
                Result outcome = Result.newBuilder()
                        .setRequestId("r-" + i)
                        .setTask("triage")
                        .setOutcome(new Classification(label, 1.0, List.of(new LabelScore(label, 1.0))))
                        .setModel(new ModelRef("m", "1"))
                        .setTokens(1)
                        .setIssuedAt(COMPLETED)
                        .setCompletedAt(COMPLETED.plusMillis(i))
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(
                        TOPICS.outcomes().name(),
                        i / LABELS % 2,
                        ("k-" + i).getBytes(StandardCharsets.UTF_8),
                        codec.encode(outcome)));
            }
        }
    }

    private static void await(DigestCluster cluster, String topic, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int found = 0;
        while (found < count && System.nanoTime() - end < 0) {
            found = cluster.read(topic).size();
        }
        assertThat(found).as(topic).isGreaterThanOrEqualTo(count);
    }
}
