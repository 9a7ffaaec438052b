package dev.forebay.deploy;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.worker.Worker;
import dev.forebay.worker.WorkerConfig.Delivery;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** How fast each delivery mode gets through a backlog, with a model that takes no time and with one that does. */
final class QueueMeasurement {
    private static final int REQUESTS = Integer.getInteger("forebay.queue.requests", 20_000);
    private static final int ROUNDS = 3;

    @Test
    void printsTheThroughputOfEachMode() {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            for (int round = 0; round < ROUNDS; round++) {
                for (long batchMicros : new long[] {0, 5_000}) {
                    for (Delivery delivery : Delivery.values()) {
                        String name = delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
                        System.out.printf(
                                "round %d, %d us a batch, %s: %s%n",
                                round,
                                batchMicros,
                                name,
                                measure(cluster, name, "m" + round + name + batchMicros, batchMicros));
                    }
                }
            }
        }
    }

    private static String measure(EmbeddedCluster cluster, String delivery, String group, long batchMicros) {
        Map<String, Object> topics = new HashMap<>();
        for (String topic : List.of("work", "work-bulk", "retries", "outcomes", "rejections", "dead-letters")) {
            topics.put(topic, group + "." + topic);
        }
        ForebayConfig config = ForebayConfig.readForAnyCluster(Map.of(
                        "topics", topics,
                        "tasks", Map.of("embed", Map.of("task", "embed", "reuse", false)),
                        "worker", Map.of("group", group, "delivery", delivery)))
                .on(cluster.bootstrapServers(), cluster.registryUrl());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(2));
        }
        send(config);
        Model model = new TimedModel(batchMicros);
        Worker.Workload workload = new Worker.Workload(model, config.tasks().over(model), 2);
        try (Worker worker =
                Worker.start(config.worker(), workload, config.kafka(), config.topics(), config.codecs())) {
            while (worker.stats().results() < 1) {
                LockSupport.parkNanos(100_000);
            }
            long start = System.nanoTime();
            long before = worker.stats().results();
            while (worker.stats().results() < REQUESTS) {
                LockSupport.parkNanos(100_000);
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            return "%.0f records/s, %.1f texts a batch"
                    .formatted((REQUESTS - before) / seconds, worker.stats().meanBatchSize());
        }
    }

    private static void send(ForebayConfig config) {
        Codec<Request> codec = config.codecs().of(config.topics().work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < REQUESTS; i++) {
                Request request = Request.newBuilder()
                        .setRequestId("r-" + i)
                        .setTask("embed")
                        .setText("a text of a few words, number " + i)
                        .setIssuedAt(Instant.now())
                        .build();
                // Closing the producer waits for all of them.
                var unused = producer.send(
                        new ProducerRecord<>(config.topics().work().name(), codec.encode(request)));
            }
        }
    }

    /** Takes the same time for each batch. */
    private static final class TimedModel implements Model {
        private final long batchMicros;

        TimedModel(long batchMicros) {
            this.batchMicros = batchMicros;
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("timed", "000000000000", 2, 64, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            return texts.stream().map(text -> new Tokens(new long[12], false)).toList();
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            if (batchMicros > 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(batchMicros));
            }
            return batch.stream()
                    .<Inference>map(tokens -> new Inference.Vector(new float[] {1, 0}))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
