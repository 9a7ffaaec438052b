package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.worker.Worker;
import dev.forebay.worker.consume.GroupException;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.observe.Total;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers that read with a share group, on a real broker. */
final class QueueTest {
    private static final int REQUESTS = 600;
    private static final String SLOW = "slow";

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static int groups;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(
                new EmbeddedKafka.Options(null, 0, Map.of("group.share.min.record.lock.duration.ms", "1000")));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void workersDivideOnePartitionAndNoRequestIsAnsweredTwice() {
        ForebayConfig config = config("queue", "g" + groups++);
        create(config);
        send(config, REQUESTS, "text");
        try (Worker one = worker(config, new SlowModel());
                Worker another = worker(config, new SlowModel())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one.stats().results() + another.stats().results() >= REQUESTS);

            assertThat(one.stats().results()).isPositive();
            assertThat(another.stats().results()).isPositive();
        }
        assertThat(answered(config))
                .hasSize(REQUESTS)
                .allSatisfy((id, count) -> assertThat(count).as(id).isOne());
    }

    @Test
    void aRecordThatTakesLongerThanItsLockIsRunOnce() throws Exception {
        ForebayConfig config = config("queue", "g" + groups++);
        create(config);
        alter(config, "share.record.lock.duration.ms", "1000");
        SlowModel model = new SlowModel();
        try (Worker worker = worker(config, model)) {
            send(config, 50, "before");
            send(config, 1, SLOW);
            send(config, 50, "after");
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.stats().results() >= 101);

            assertThat(model.slow).hasValue(1);
            assertThat(worker.stats().of(Total.LOCKS_LOST)).isZero();
        }
        assertThat(answered(config))
                .hasSize(101)
                .allSatisfy((id, count) -> assertThat(count).as(id).isOne());
    }

    @Test
    void aGroupWhoseSettingsWouldLoseRecordsIsRefusedWithTheCommandThatSetsThem() throws Exception {
        ForebayConfig config = config("queue", "g" + groups++);
        create(config);
        alter(config, "share.isolation.level", "read_uncommitted");
        alter(config, "share.delivery.count.limit", "2");

        assertThatThrownBy(() -> worker(config, new SlowModel()))
                .isInstanceOf(GroupException.class)
                .hasMessageContaining("share.isolation.level is read_uncommitted and has to be read_committed")
                .hasMessageContaining("share.delivery.count.limit is 2 and has to be 4 or more")
                .hasMessageNotContaining("share.auto.offset.reset is")
                .hasMessageContaining(
                        "kafka-configs.sh --bootstrap-server ... --alter --entity-type groups --entity-name "
                                + config.worker().group()
                                + " --add-config share.auto.offset.reset=earliest,share.delivery.count.limit=10,"
                                + "share.isolation.level=read_committed,share.renew.acknowledge.enable=true");
    }

    @Test
    void aNewGroupIsRefusedUntilItHasItsSettings() {
        ForebayConfig config = config("queue", "g" + groups++);
        create(config("at-least-once", config.worker().group()));

        assertThatThrownBy(() -> worker(config, new SlowModel()))
                .isInstanceOf(GroupException.class)
                .hasMessageContaining("share.auto.offset.reset is latest and has to be earliest");
    }

    @Test
    void aGroupOfTheOtherKindIsRefused() {
        ForebayConfig queue = config("queue", "g" + groups++);
        ForebayConfig log = config("at-least-once", queue.worker().group());
        create(queue);
        send(queue, 1, "text");
        answerOne(log);

        assertThatThrownBy(() -> worker(queue, new SlowModel()))
                .isInstanceOf(GroupException.class)
                .hasMessageContaining(queue.worker().group() + " is a consumer group");

        ForebayConfig other = config("queue", "g" + groups++);
        create(other);
        send(other, 1, "text");
        answerOne(other);

        assertThatThrownBy(() -> worker(config("at-least-once", other.worker().group()), new SlowModel()))
                .isInstanceOf(GroupException.class)
                .hasMessageContaining(other.worker().group() + " is a share group");
    }

    private static void answerOne(ForebayConfig config) {
        try (Worker worker = worker(config, new SlowModel())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> worker.stats().results() >= 1);
        }
    }

    private static ForebayConfig config(String delivery, String group) {
        Map<String, Object> topics = new HashMap<>();
        for (String topic : List.of("work", "work-bulk", "retries", "outcomes", "rejections", "dead-letters")) {
            topics.put(topic, group + "." + topic);
        }
        Map<String, Object> values = Map.of(
                "topics", topics,
                "tasks", Map.of("embed", Map.of("task", "embed", "reuse", false)),
                "worker", Map.of("group", group, "delivery", delivery, "in-flight", Map.of("records", 60)));
        return ForebayConfig.readForAnyCluster(values)
                .on(kafka.bootstrapServers(), registry.url().toString());
    }

    private static void create(ForebayConfig config) {
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(1));
        }
    }

    private static void alter(ForebayConfig config, String key, String value) throws Exception {
        try (Admin admin = Admin.create(config.kafka().forAdmin())) {
            ConfigResource group = new ConfigResource(
                    ConfigResource.Type.GROUP, config.worker().group());
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(group, List.of(set))).all().get(10, TimeUnit.SECONDS);
        }
    }

    private static Worker worker(ForebayConfig config, Model model) {
        return Worker.start(
                config.worker(),
                new Worker.Workload(model, config.tasks().over(model), 2),
                config.kafka(),
                config.topics(),
                config.codecs());
    }

    private static void send(ForebayConfig config, int count, String text) {
        Codec<Request> codec = config.codecs().of(config.topics().work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                Request request = Request.newBuilder()
                        .setRequestId(text + "-" + i)
                        .setTask("embed")
                        .setText(text + " " + i)
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(
                        new ProducerRecord<>(config.topics().work().name(), codec.encode(request)));
            }
        }
    }

    /** How many answers each request has, by its id. */
    private static Map<String, Integer> answered(ForebayConfig config) {
        TopicPartition partition = new TopicPartition(config.topics().outcomes().name(), 0);
        Map<String, Integer> counts = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    counts.merge(new String(record.key(), StandardCharsets.UTF_8), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** Takes 5 ms a batch, and 3 s for a text that says so. */
    private static final class SlowModel implements Model {
        private final AtomicInteger slow = new AtomicInteger();

        @Override
        public ModelDescription describe() {
            return new ModelDescription("slow", "000000000000", 2, 16, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            List<Tokens> tokens = new ArrayList<>();
            texts.forEach(text -> tokens.add(new Tokens(new long[] {text.startsWith(SLOW) ? 1 : 0}, false)));
            return tokens;
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            boolean isSlow = batch.stream().anyMatch(tokens -> tokens.ids()[0] == 1);
            slow.addAndGet(isSlow ? 1 : 0);
            try {
                TimeUnit.MILLISECONDS.sleep(isSlow ? 3_000 : 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return batch.stream()
                    .<Inference>map(tokens -> new Inference.Vector(new float[] {1, 0}))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
