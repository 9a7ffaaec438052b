package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.DeadLetter;
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
import dev.forebay.worker.infer.OutOfMemoryException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.Total;
import dev.forebay.worker.task.TasksConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests whose device has no memory for them, until it has. */
@Tag("slow")
final class RetriesTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final int REQUESTS = 20;
    private static final int LARGE = 7;

    @TempDir
    private Path state;

    private final ScarceModel model = new ScarceModel();
    private EmbeddedCluster cluster;
    private Codecs codecs;
    private byte[] large;

    @BeforeEach
    void produce() {
        cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0));
        codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                Map.of("schema.registry.url", cluster.registryUrl(), "auto.register.schemas", "true"))));
        DefaultTopics.create(cluster.bootstrapServers(), 1);
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < REQUESTS; i++) {
                byte[] value = codec.encode(Request.newBuilder()
                        .setRequestId("r-" + i)
                        .setTask("embed")
                        .setText(i == LARGE ? "a large text" : "text " + i)
                        .setIssuedAt(Instant.now())
                        .build());
                large = i == LARGE ? value : large;
                byte[] key = ("k" + i % 2).getBytes(StandardCharsets.UTF_8);
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(TOPICS.work().name(), key, value));
            }
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"at-least-once", "exactly-once"})
    void waitsOnATopicForMemoryAndHoldsUpNobody(String delivery) {
        try (Worker worker =
                start(Map.of("delivery", delivery, "retries", Map.of("first", "200 ms", "attempts", 1_000)))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> worker.stats().results() == REQUESTS - 1
                            && worker.stats().of(Total.RETRIES) > 1);
            model.scarce = false;
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stats().results() == REQUESTS);
        }

        assertThat(answered()).containsExactlyInAnyOrderElementsOf(all());
        List<ConsumerRecord<byte[], byte[]>> retries = read(TOPICS.retries());
        assertThat(retries).allSatisfy(record -> {
            assertThat(record.value()).isEqualTo(large);
            assertThat(header(record, Headers.ORIGIN)).isEqualTo("forebay.work-0-" + LARGE);
            assertThat(Instant.parse(header(record, Headers.NOT_BEFORE)))
                    .isAfter(Instant.now().minusSeconds(120));
        });
        assertThat(retries.stream().map(record -> header(record, Headers.ATTEMPTS)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, retries.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"at-least-once", "exactly-once"})
    void waitsInItsPlaceWhereOrderIsKept(String delivery) {
        try (Worker worker = start(Map.of(
                "delivery",
                delivery,
                "order",
                "key",
                "retries",
                Map.of("first", "200 ms", "longest", "200 ms", "attempts", 1_000)))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stats().of(Total.RETRIES) > 2);
            model.scarce = false;
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stats().results() == REQUESTS);
        }

        List<String> odd = all().stream()
                .filter(id -> Integer.parseInt(id.substring(2)) % 2 == LARGE % 2)
                .toList();
        assertThat(answered()).containsExactlyInAnyOrderElementsOf(all());
        assertThat(answered().stream().filter(odd::contains)).containsExactlyElementsOf(odd);
        assertThat(read(TOPICS.retries())).isEmpty();
    }

    @Test
    void becomesADeadLetterOfItsOwnPlaceWhenItHasHadItsAttempts() {
        try (Worker worker = start(Map.of("retries", Map.of("first", "10 ms", "attempts", 3)))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stats().deadLetters() == 1);
        }

        DeadLetter letter = decoded(TOPICS.deadLetters(), DeadLetter.class).get(0);
        assertThat(letter.getCode()).isEqualTo("resource_exhausted");
        assertThat(letter.getAttempts()).isEqualTo(3);
        assertThat(letter.getTopic()).isEqualTo("forebay.work");
        assertThat(letter.getOffset()).isEqualTo(LARGE);
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(large));
        assertThat(read(TOPICS.retries())).hasSize(2);
    }

    private Worker start(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("state", state.toString());
        TasksConfig tasks = TasksConfig.read(Section.of(Map.of("embed", Map.of("task", "embed")), new Problems()));
        KafkaConfig kafka =
                KafkaConfig.read(Section.of(Map.of("bootstrap.servers", cluster.bootstrapServers()), new Problems()));
        return Worker.start(
                WorkerConfig.read(Section.of(all, new Problems())),
                new Worker.Workload(model, tasks.over(model), 1),
                kafka,
                TOPICS,
                codecs);
    }

    private static List<String> all() {
        return IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).toList();
    }

    private List<String> answered() {
        return decoded(TOPICS.outcomes(), Result.class).stream()
                .map(Result::getRequestId)
                .toList();
    }

    private <T extends SpecificRecord> List<T> decoded(Topics.Topic topic, Class<T> type) {
        Codec<T> codec = codecs.of(topic, type);
        return read(topic).stream()
                .map(record -> codec.decode(record.value()).fold(Decoded.Good::value, bad -> {
                    throw new AssertionError(bad.message());
                }))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topics.Topic topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.name(), 0);
            consumer.assign(Set.of(partition));
            long end = consumer.endOffsets(Set.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Has no memory for a large text as long as it is scarce. */
    private static final class ScarceModel implements Model {
        private volatile boolean scarce = true;

        @Override
        public ModelDescription describe() {
            return new ModelDescription("scarce", "000000000000", 2, 16, "fp32", "cpu");
        }

        @Override
        public void warmUp() {
            // nothing to be warmed
        }

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            return texts.stream()
                    .map(text -> new Tokens(new long[text.contains("large") ? 9 : 2], false))
                    .toList();
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            if (scarce && batch.stream().anyMatch(tokens -> tokens.count() > 2)) {
                throw new OutOfMemoryException("no memory for it", new IllegalStateException("full"));
            }
            return batch.stream()
                    .map(tokens -> (Inference) new Inference.Vector(new float[] {1, 0}))
                    .toList();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
