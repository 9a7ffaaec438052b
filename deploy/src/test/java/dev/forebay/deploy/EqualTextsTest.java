package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.worker.Worker;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.WorkerStats;
import dev.forebay.worker.task.TasksConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A worker over topics in which the same few texts come again and again, of two tenants. */
final class EqualTextsTest {
    private static final int REQUESTS = 1_000;
    private static final int TEXTS = 5;
    private static final int TENANTS = 2;
    private static final Topics TOPICS = Topics.defaults();

    @Test
    void goThroughTheModelOnceAndAreAllAnswered() {
        CountingModel model = run("true");

        assertThat(model.items.sum()).isEqualTo(TEXTS * TENANTS);
    }

    @Test
    void goThroughTheModelEachTimeWhereTheTaskSaysSo() {
        CountingModel model = run("false");

        assertThat(model.items.sum()).isEqualTo(REQUESTS);
    }

    private static CountingModel run(String reuse) {
        CountingModel model = new CountingModel();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            Codecs codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                    Map.of("schema.registry.url", cluster.registryUrl(), "auto.register.schemas", "true"))));
            DefaultTopics.create(cluster.bootstrapServers(), 1);
            produce(cluster.bootstrapServers(), codecs);
            TasksConfig tasks = TasksConfig.read(Section.of(
                    Map.of("embed", Map.of("task", "embed", "reuse", Boolean.valueOf(reuse))), new Problems()));
            KafkaConfig kafka = KafkaConfig.read(
                    Section.of(Map.of("bootstrap.servers", cluster.bootstrapServers()), new Problems()));
            Worker.Workload workload = new Worker.Workload(model, tasks.over(model), 2);
            try (Worker worker = Worker.start(WorkerConfig.defaults(), workload, kafka, TOPICS, codecs)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> worker.stats().results() == REQUESTS);
                WorkerStats stats = worker.stats();
                assertThat(stats.items()).isEqualTo(model.items.sum());
                if (Boolean.parseBoolean(reuse)) {
                    assertThat(stats.cacheHits() + stats.coalesced()).isEqualTo(REQUESTS - TEXTS * TENANTS);
                }
            }
            check(read(cluster.bootstrapServers(), codecs));
        }
        return model;
    }

    private static void check(Map<String, Result> results) {
        assertThat(results).hasSize(REQUESTS);
        results.forEach((id, result) -> {
            int number = Integer.parseInt(id);
            assertThat(((Embedding) result.getOutcome()).getVector()).containsExactly((float) (number % TEXTS), 1F);
            assertThat(result.getTenant()).isEqualTo("tenant-" + number % TENANTS);
            assertThat(result.getAttributes()).containsEntry("number", id);
            assertThat(result.getTokens()).isEqualTo(2 + number % TEXTS);
        });
    }

    private static void produce(String bootstrapServers, Codecs codecs) {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < REQUESTS; i++) {
                Request request = Request.newBuilder()
                        .setRequestId(Integer.toString(i))
                        .setTask("embed")
                        .setTenant("tenant-" + i % TENANTS)
                        .setText("text " + i % TEXTS)
                        .setAttributes(Map.of("number", Integer.toString(i)))
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(TOPICS.work().name(), codec.encode(request)));
            }
        }
    }

    private static Map<String, Result> read(String bootstrapServers, Codecs codecs) {
        Codec<Result> codec = codecs.of(TOPICS.outcomes(), Result.class);
        Map<String, Result> results = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    List.of(new TopicPartition(TOPICS.outcomes().name(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.get(0));
            while (consumer.position(partitions.get(0)) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Result result = codec.decode(record.value()).fold(Decoded.Good::value, bad -> {
                        throw new AssertionError(bad.message());
                    });
                    assertThat(results.put(result.getRequestId(), result))
                            .as("second result of %s", result.getRequestId())
                            .isNull();
                }
            }
        }
        return results;
    }

    /** Answers with the number at the end of the text, and counts what it sees. */
    private static final class CountingModel implements Model {
        private final LongAdder items = new LongAdder();

        @Override
        public ModelDescription describe() {
            return new ModelDescription("counting", "000000000000", 2, 16, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            List<Tokens> tokens = new ArrayList<>();
            for (String text : texts) {
                int number = Integer.parseInt(text.substring(text.length() - 1));
                long[] ids = new long[2 + number];
                ids[0] = number;
                tokens.add(new Tokens(ids, false));
            }
            return tokens;
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            items.add(batch.size());
            return batch.stream()
                    .map(tokens -> (Inference) new Inference.Vector(new float[] {tokens.ids()[0], 1}))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
