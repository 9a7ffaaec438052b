package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.Worker;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.task.TasksConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The worker behind a model that is slower than its topic. */
final class BackPressureTest {
    private static final int REQUESTS = 3_000;
    private static final Topics TOPICS = Topics.defaults();

    /** A paused consumer's poll spins while it has records buffered, on a processor that the model needs. */
    @Test
    void aWorkerThatWaitsForItsModelLeavesTheProcessorAlone() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            Codecs codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                    Map.of("schema.registry.url", cluster.registryUrl(), "auto.register.schemas", "true"))));
            produce(cluster.bootstrapServers(), codecs);
            Model model = new HeldModel(free);
            TasksConfig tasks = TasksConfig.read(Section.of(Map.of("embed", Map.of("task", "embed")), new Problems()));
            KafkaConfig kafka = KafkaConfig.read(
                    Section.of(Map.of("bootstrap.servers", cluster.bootstrapServers()), new Problems()));
            Map<String, Object> settings = Map.of("in-flight", Map.of("records", 500));
            WorkerConfig config = WorkerConfig.read(Section.of(settings, new Problems()));
            try (Worker worker =
                    Worker.start(config, new Worker.Workload(model, tasks.over(model), 1), kafka, TOPICS, codecs)) {
                long thread = pollThread();
                await().atMost(Duration.ofSeconds(20)).until(() -> cpuShare(thread) < 0.3);

                free.countDown();

                await().atMost(Duration.ofSeconds(20))
                        .until(() -> worker.stats().results() == REQUESTS);
            } finally {
                free.countDown();
            }
        }
    }

    /** The share of half a second that a thread was on a processor. */
    private static double cpuShare(long thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getThreadCpuTime(thread);
        long start = System.nanoTime();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        return (threads.getThreadCpuTime(thread) - before) / (double) (System.nanoTime() - start);
    }

    private static long pollThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals("forebay-poll-live")) {
                return info.getThreadId();
            }
        }
        throw new AssertionError("no poll thread");
    }

    private static void produce(String bootstrapServers, Codecs codecs) {
        DefaultTopics.create(bootstrapServers, 2);
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < REQUESTS; i++) {
                Request request = Request.newBuilder()
                        .setRequestId("r-" + i)
                        .setTask("embed")
                        .setText("a text of some words " + i)
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(TOPICS.work().name(), codec.encode(request)));
            }
        }
    }

    /** Answers nothing until it is let go, then everything at once. */
    private static final class HeldModel implements Model {
        private static final Tokens TOKENS = new Tokens(new long[] {1, 2, 3}, false);

        private final CountDownLatch free;

        HeldModel(CountDownLatch free) {
            this.free = free;
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("held", "000000000000", 2, 16, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            return Collections.nCopies(texts.size(), TOKENS);
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            try {
                assertThat(free.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Collections.nCopies(batch.size(), new Inference.Vector(new float[] {1, 0}));
        }

        @Override
        public void close() {}
    }
}
