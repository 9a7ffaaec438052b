package dev.forebay.deploy.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.observe.ObserveConfig;
import dev.forebay.deploy.observe.ObserveEndpoint;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.worker.Worker;
import dev.forebay.worker.observe.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Worker and processors of one configuration, each with clients of its own, between a topic of texts and its ends. */
final class SecurePipeline {
    static final String SOURCE = "events";
    static final String ROUTED = "routed";

    private static final String CONFIG =
            """
            secrets: {files: ['%s']}
            kafka:
            %s
            registry: {schema.registry.url: '%s', auto.register.schemas: true}
            observe: {port: 0}
            tasks: {embed: {task: embed}}
            intake:
              sources: [{topic: events, format: text, task: embed}]
            verdict:
              routes: [{name: all, when: "task == 'embed'", to: routed}]
            worker: {group: %s, delivery: %s, state: '%s'}
            processors: {intake-application-id: %s, verdict-application-id: %s}
            """;

    private final Access access;
    private final Path directory;

    SecurePipeline(Access access, Path directory) {
        this.access = access;
        this.directory = directory;
    }

    /**
     * The configuration file of a component, read as the command reads it.
     *
     * @param run part of the groups' names, so that no run waits for the members of one before
     */
    ForebayConfig config(String run, Map<String, String> kafka) throws IOException {
        return config(run, "exactly-once", kafka);
    }

    /** The same with another delivery. */
    ForebayConfig config(String run, String delivery, Map<String, String> kafka) throws IOException {
        StringBuilder lines = new StringBuilder();
        kafka.forEach((key, value) -> lines.append("  ")
                .append(key)
                .append(": '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        Path file = Files.createTempFile(directory, "forebay", ".yaml");
        Files.writeString(
                file,
                CONFIG.formatted(
                        access.secrets(),
                        lines,
                        access.broker().registryUrl(),
                        "worker-" + run,
                        delivery,
                        directory.resolve("state"),
                        "intake-" + run,
                        "verdict-" + run));
        return ForebayConfig.read(file);
    }

    Worker startWorker(ForebayConfig config) {
        HashModel model = new HashModel();
        Worker.Workload workload = new Worker.Workload(model, config.tasks().over(model), 1);
        return Worker.start(config.worker(), workload, config.kafka(), config.topics(), config.codecs());
    }

    /** Sends one text that has an answer, one that is refused and one that is no text, and waits for where each ends. */
    void passThrough(ForebayConfig worker, ForebayConfig processors) throws Exception {
        List<String> ends = List.of(
                ROUTED,
                worker.topics().rejections().name(),
                worker.topics().deadLetters().name());
        Map<String, Object> open = Map.of("bootstrap.servers", access.broker().openServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(open, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Worker running = startWorker(worker);
                RunningProcessors deciding = RunningProcessors.start(processors)) {
            List<TopicPartition> partitions =
                    ends.stream().map(topic -> new TopicPartition(topic, 0)).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            send(open, "a parcel is late".getBytes(UTF_8), new byte[0], null);
            Map<String, Integer> found = new HashMap<>();
            Bounded.await("an end for each record", () -> {
                running.failure().ifPresent(SecurePipeline::fail);
                deciding.failure().ifPresent(SecurePipeline::fail);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    found.merge(record.topic(), 1, Integer::sum);
                }
                return found.keySet().containsAll(ends);
            });
            assertThat(metrics(running, deciding)).contains("forebay_outcomes").doesNotContain(CanaryAppender.CANARY);
        }
    }

    /** As whoever asks for them sees them. */
    private static String metrics(Worker worker, RunningProcessors processors) {
        try (ObserveEndpoint endpoint = ObserveEndpoint.open(new ObserveConfig(0, true), line -> {})) {
            var unused = new MicrometerMetrics(endpoint.registry(), worker::stats, worker::state);
            processors.observe(endpoint.registry());
            return ((PrometheusMeterRegistry) endpoint.registry()).scrape();
        }
    }

    /** Sends texts to the source, and waits until it has them. */
    void send(String... texts) throws Exception {
        byte[][] values = Stream.of(texts).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        send(Map.of("bootstrap.servers", access.broker().openServers()), values);
    }

    /** The end of a topic, from here on. */
    End endOf(String topic) {
        Map<String, Object> open =
                Map.of("bootstrap.servers", access.broker().openServers(), "isolation.level", "read_committed");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(open, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
        return new End(consumer);
    }

    /** Counts what is committed to a topic. */
    static final class End implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private int count;

        private End(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        int count() {
            count += consumer.poll(Duration.ofMillis(50)).count();
            return count;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private static void fail(Throwable cause) {
        throw new IllegalStateException("the pipeline stopped", cause);
    }

    private static void send(Map<String, Object> open, byte @Nullable []... values) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(open, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                sent.add(producer.send(new ProducerRecord<>(SOURCE, value)));
            }
            for (Future<?> future : sent) {
                future.get(20, TimeUnit.SECONDS);
            }
        }
    }
}
