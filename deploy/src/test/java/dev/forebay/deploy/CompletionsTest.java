package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.processors.Processors;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of several parts on a broker, told of when all parts have ended, by processors that are killed. */
@Tag("slow")
final class CompletionsTest {
    private static final int CHATS = 90;
    private static final int PARTS = 6;
    private static final int KILLS = 2;
    /** Events at a time, fewer than pass between two kills. */
    private static final int UNDER_WAY = 15;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Topics TOPICS = Topics.defaults();
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @Test
    void killedTwiceItTellsOfEachEventOnceAndAgainAfterAReplay(@TempDir Path directory) throws IOException {
        try (DigestCluster cluster = DigestCluster.start()) {
            Path file = Files.writeString(directory.resolve("forebay.yaml"), yaml(cluster));
            Codecs codecs = create(file);
            int kills = 0;
            int sent = 0;
            try (TestWorker worker = new TestWorker(cluster, codecs)) {
                ChildJvm running = processors(directory.resolve("run-0.log"), file);
                try {
                    Instant end = Instant.now().plus(PATIENCE);
                    int told = 0;
                    while (told < CHATS && Instant.now().isBefore(end)) {
                        // Sent as it goes, so that every kill finds events that have begun and not ended.
                        for (; sent < CHATS && sent - told < UNDER_WAY; sent++) {
                            worker.send("chats", "chat-" + sent, chat(sent, PARTS));
                        }
                        worker.work();
                        told = completions(cluster, codecs).size();
                        if (kills < KILLS && told >= (kills + 1) * CHATS / 4) {
                            running.close();
                            kills++;
                            running = processors(directory.resolve("run-" + kills + ".log"), file);
                        }
                        assertThat(running.isAlive()).as(running.log()).isTrue();
                    }
                    assertThat(kills).isEqualTo(KILLS);
                    assertOnceAndTrue(completions(cluster, codecs));

                    replay(directory.resolve("replay.log"), file);
                    await(worker, () -> completions(cluster, codecs).values().stream()
                            .noneMatch(chat -> ends(chat.get(chat.size() - 1)).contains("model_error")));
                } finally {
                    running.close();
                }
            }
            completions(cluster, codecs).forEach((key, chat) -> {
                Completion last = chat.get(chat.size() - 1);
                assertThat(last.getComplete()).as(key).isTrue();
                assertThat(ends(last)).as(key).doesNotContain("model_error").contains("label");
                for (int i = 1; i < chat.size(); i++) {
                    assertThat(ends(chat.get(i))).as(key).isNotEqualTo(ends(chat.get(i - 1)));
                }
            });
        }
    }

    @Test
    void recordThatIsTooLargeForItsTopicIsMadeAgainWithAShorterList(@TempDir Path directory) throws Exception {
        try (DigestCluster cluster = DigestCluster.start()) {
            ForebayConfig config =
                    ForebayConfig.read(Files.writeString(directory.resolve("forebay.yaml"), yaml(cluster)));
            Codecs codecs = create(directory.resolve("forebay.yaml"));
            cluster.shrink(TOPICS.completions().name(), 900);
            try (TestWorker worker = new TestWorker(cluster, codecs);
                    Processors processors = DigestCluster.processors(config, codecs, directory.resolve("state"))) {
                worker.send("chats", "chat-5", chat(5, 40));
                await(worker, () -> !completions(cluster, codecs).isEmpty());
                assertThat(processors.failure()).isEmpty();
            }
            List<Completion> told =
                    completions(cluster, codecs).values().iterator().next();
            assertThat(told).hasSize(1);
            assertThat(told.get(0).getComplete()).isTrue();
            assertThat(told.get(0).getRequests()).hasSizeBetween(2, 20);
            assertThat(told.get(0).getLeftOut())
                    .isEqualTo(40 - told.get(0).getRequests().size());
        }
    }

    private static void assertOnceAndTrue(Map<String, List<Completion>> told) {
        assertThat(told).hasSize(CHATS);
        for (int chat = 0; chat < CHATS; chat++) {
            List<Completion> records = told.get("[\"default\",\"chat-" + chat + "\"]");
            assertThat(records).as("chat %d", chat).hasSize(1);
            assertThat(records.get(0).getComplete()).as("chat %d", chat).isTrue();
            assertThat(ends(records.get(0))).as("chat %d", chat).isEqualTo(expected(chat, PARTS));
        }
    }

    /** Of each part, the label or the code. */
    private static List<String> ends(Completion completion) {
        return completion.getRequests().stream()
                .map(end -> end.getEnd() == EndKind.RESULT ? end.getLabel() : String.valueOf(end.getCode()))
                .toList();
    }

    private static List<String> expected(int chat, int parts) {
        List<String> ends = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            ends.add(end(chat, part));
        }
        return ends;
    }

    /** How a part is to end: the first two kinds at the intake, the next two at the worker, the last in a result. */
    private static String end(int chat, int part) {
        return switch ((chat * 7 + part) % 12) {
            case 0 -> "field_missing";
            case 1 -> "empty_text";
            case 2 -> "model_error";
            case 3 -> "expired";
            default -> "label";
        };
    }

    private static String chat(int chat, int parts) {
        List<String> messages = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            String end = end(chat, part);
            messages.add(
                    end.equals("field_missing")
                            ? "{}"
                            : "{\"body\":\"" + (end.equals("empty_text") ? "" : end) + "\"}");
        }
        return "{\"id\":\"chat-" + chat + "\",\"messages\":[" + String.join(",", messages) + "]}";
    }

    private static String yaml(DigestCluster cluster) {
        return """
                kafka:
                  bootstrap.servers: %s
                  streams: {main.consumer.session.timeout.ms: 2000, heartbeat.interval.ms: 500, transaction.timeout.ms: 2000}
                registry: {schema.registry.url: '%s', auto.register.schemas: true}
                observe: {port: 0}
                tasks: {triage: {task: embed}}
                intake:
                  sources: [{topic: chats, format: json, each: /messages, text: /body, id: /id, task: triage}]
                digests: {completions: {within: 1 h}}
                """
                .formatted(cluster.bootstrapServers(), cluster.registry().url().toString());
    }

    private static Codecs create(Path file) {
        ForebayConfig config = ForebayConfig.read(file);
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(2));
        }
        return Codecs.over(HttpSchemaRegistry.of(config.registry()));
    }

    private static ChildJvm processors(Path log, Path file) {
        return ChildJvm.start(log, JVM, "dev.forebay.deploy.cli.Forebay", "processors", file.toString());
    }

    private static void replay(Path log, Path file) {
        try (ChildJvm replay = ChildJvm.start(
                log,
                JVM,
                "dev.forebay.deploy.cli.Forebay",
                "dlq",
                "replay",
                file.toString(),
                "--code",
                "model_error",
                "--yes")) {
            assertThat(replay.endsWithin(Duration.ofMinutes(1)))
                    .as(replay.log())
                    .isTrue();
            assertThat(replay.exitCode()).as(replay.log()).isZero();
        }
    }

    private static void await(TestWorker worker, BooleanSupplier done) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            worker.work();
        }
    }

    /** What is told of each event, in order. */
    private static Map<String, List<Completion>> completions(DigestCluster cluster, Codecs codecs) {
        Codec<Completion> codec = codecs.of(TOPICS.completions(), Completion.class);
        Map<String, List<Completion>> told = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                cluster.read(TOPICS.completions().name())) {
            told.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(decoded(codec, record));
        }
        return told;
    }

    private static <T> T decoded(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }

    /** Ends requests as their texts say, many of them twice, as a worker does that is killed; what is replayed it answers. */
    private static final class TestWorker implements AutoCloseable {
        private final Codecs codecs;
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaConsumer<byte[], byte[]> consumer;

        TestWorker(DigestCluster cluster, Codecs codecs) {
            this.codecs = codecs;
            this.producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", cluster.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            cluster.bootstrapServers(),
                            "isolation.level",
                            "read_committed",
                            "auto.offset.reset",
                            "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(consumer.partitionsFor(TOPICS.work().name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
        }

        void send(String topic, String key, String value) {
            send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
        }

        void work() {
            Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
            int count = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                for (int i = 0; i <= count % 2; i++) {
                    end(record, decoded(codec, record));
                }
                count++;
            }
        }

        private void end(ConsumerRecord<byte[], byte[]> record, Request request) {
            if (record.headers().lastHeader(Headers.DLQ_ORIGIN) != null
                    || request.getText().equals("label")) {
                send(record, TOPICS.outcomes(), answer(request));
            } else if (request.getText().equals("expired")) {
                send(record, TOPICS.rejections(), rejection(request));
            } else {
                send(record, TOPICS.deadLetters(), letter(record, request));
            }
        }

        private static Result answer(Request request) {
            return Result.newBuilder()
                    .setRequestId(request.getRequestId())
                    .setTask(request.getTask())
                    .setOutcome(new Classification("label", 1.0, List.of(new LabelScore("label", 1.0))))
                    .setModel(new ModelRef("m", "1"))
                    .setTokens(1)
                    .setAttributes(request.getAttributes())
                    .setIssuedAt(request.getIssuedAt())
                    .setCompletedAt(Instant.now())
                    .build();
        }

        private static Rejection rejection(Request request) {
            return Rejection.newBuilder()
                    .setRequestId(request.getRequestId())
                    .setTask(request.getTask())
                    .setCode("expired")
                    .setMessage("too late")
                    .setStage("worker")
                    .setAttributes(request.getAttributes())
                    .setIssuedAt(request.getIssuedAt())
                    .setRejectedAt(Instant.now())
                    .build();
        }

        private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record, Request request) {
            List<HeaderEntry> headers = new ArrayList<>();
            for (Header header : record.headers()) {
                headers.add(new HeaderEntry(header.key(), ByteBuffer.wrap(header.value())));
            }
            return DeadLetter.newBuilder()
                    .setTopic(record.topic())
                    .setPartition(record.partition())
                    .setOffset(record.offset())
                    .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                    .setKey(ByteBuffer.wrap(record.key()))
                    .setValue(ByteBuffer.wrap(record.value()))
                    .setHeaders(headers)
                    .setCode("model_error")
                    .setMessage("the model failed")
                    .setStage("worker")
                    .setRequestId(request.getRequestId())
                    .setFailedAt(Instant.now())
                    .build();
        }

        private <T extends SpecificRecord> void send(
                ConsumerRecord<byte[], byte[]> source, Topics.Topic topic, T value) {
            @SuppressWarnings("unchecked") // the class of the record itself
            Class<T> type = (Class<T>) value.getClass();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic.name(), null, source.key(), codecs.of(topic, type).encode(value));
            source.headers().forEach(record.headers()::add);
            send(record);
        }

        private void send(ProducerRecord<byte[], byte[]> record) {
            // Closing the producer waits for all of them.
            var unused = producer.send(record);
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            consumer.close();
            producer.close();
        }
    }
}
