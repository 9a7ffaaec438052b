package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.processors.Processors;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.registry.SchemaRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send again, an intake that loses its transactions to a fault and its files to a restart. */
@Tag("slow")
final class DuplicateRequestsTest {
    private static final long SEED = 7;
    private static final int REQUESTS = 400;
    private static final int IDS = 60;
    private static final int TENANTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Topics TOPICS = Topics.defaults();

    private final Random random = new Random(SEED);
    private final AtomicInteger faults = new AtomicInteger();
    /** The number of the first request with each id, by {@code tenant/id}. */
    private final Map<String, String> first = new HashMap<>();

    @Test
    void eachRequestIsAdmittedOnceThroughFaultsAndRestarts(@TempDir Path directory) {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            DefaultTopics.create(cluster.bootstrapServers(), 2);
            SchemaRegistry registry = HttpSchemaRegistry.of(new RegistryConfig(
                    Map.of("schema.registry.url", cluster.registryUrl(), "auto.register.schemas", "true")));
            Codecs codecs = Codecs.over(registry);

            try (Processors intake = start(cluster, Codecs.over(failing(registry)), directory.resolve("first"))) {
                send(cluster, codecs, 0, REQUESTS / 2);
                awaitEndings(cluster, REQUESTS / 2);
                assertThat(intake.failure()).isEmpty();
            }
            try (Processors intake = start(cluster, codecs, directory.resolve("empty again"))) {
                send(cluster, codecs, REQUESTS / 2, REQUESTS);
                awaitEndings(cluster, REQUESTS);
                assertThat(intake.failure()).isEmpty();
            }

            assertThat(faults).as("the fault has to happen").hasValue(1);
            check(cluster, codecs);
        }
    }

    private void check(EmbeddedCluster cluster, Codecs codecs) {
        Map<String, String> admitted = new HashMap<>();
        Codec<Request> requests = codecs.of(TOPICS.work(), Request.class);
        for (ConsumerRecord<byte[], byte[]> record : read(cluster, TOPICS.work().name())) {
            Request request = decoded(requests, record);
            String before = admitted.put(request.getTenant() + "/" + request.getRequestId(), request.getText());
            assertThat(before).as("admitted twice, seed %d: %s", SEED, request).isNull();
        }
        assertThat(admitted).as("the first of each, seed %d", SEED).isEqualTo(first);
        Codec<Rejection> rejections = codecs.of(TOPICS.rejections(), Rejection.class);
        assertThat(read(cluster, TOPICS.rejections().name()))
                .hasSize(REQUESTS - first.size())
                .allMatch(record -> decoded(rejections, record).getCode().equals("duplicate"));
    }

    /** Fails once where the first admitted request is written, when its id is in the store already. */
    private SchemaRegistry failing(SchemaRegistry registry) {
        return new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                if (subject.startsWith(TOPICS.work().name()) && faults.compareAndSet(0, 1)) {
                    throw new RegistryUnavailableException("away for once", null);
                }
                return registry.idOf(subject, schema);
            }

            @Override
            public Optional<Schema> byId(int id) {
                return registry.byId(id);
            }
        };
    }

    private static Processors start(EmbeddedCluster cluster, Codecs codecs, Path stateDir) {
        Problems problems = new Problems();
        Section root = Section.of(Map.of("intake", Map.of("duplicates", Map.of("window", "1 h"))), problems);
        ProcessorsConfig config = ProcessorsConfig.read(root, TOPICS, Set.of("embed"));
        problems.check();
        return Processors.start(config, KafkaConfig.of(cluster.bootstrapServers()), TOPICS, codecs, stateDir);
    }

    /** Requests of a few tenants and ids, each under its id as the key; its number is its text. */
    private void send(EmbeddedCluster cluster, Codecs codecs, int from, int to) {
        Codec<Request> codec = codecs.of(TOPICS.requests(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                String tenant = "tenant-" + random.nextInt(TENANTS);
                String id = "r-" + random.nextInt(IDS);
                first.putIfAbsent(tenant + "/" + id, Integer.toString(i));
                Request request = Request.newBuilder()
                        .setRequestId(id)
                        .setTask("embed")
                        .setTenant(tenant)
                        .setText(Integer.toString(i))
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(
                        TOPICS.requests().name(), id.getBytes(StandardCharsets.UTF_8), codec.encode(request)));
            }
        }
    }

    private static void awaitEndings(EmbeddedCluster cluster, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int found = 0;
        while (found < count && System.nanoTime() - end < 0) {
            found = read(cluster, TOPICS.work().name()).size()
                    + read(cluster, TOPICS.rejections().name()).size();
        }
        assertThat(found).as("admitted and rejected, seed %d", SEED).isEqualTo(count);
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedCluster cluster, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static <T> T decoded(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }
}
