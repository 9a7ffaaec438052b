package dev.forebay.deploy.faults;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a client and a concurrent read_committed reader see of a real worker: sends inputs, gathers the evidence. */
final class RealRun implements AutoCloseable {
    private static final Topics TOPICS = Topics.defaults();
    private static final String ID = "test-id";
    private static final Map<Terminal.Kind, String> KINDS = Map.of(
            Terminal.Kind.RESULT, TOPICS.outcomes().name(),
            Terminal.Kind.REJECTION, TOPICS.rejections().name(),
            Terminal.Kind.DEAD_LETTER, TOPICS.deadLetters().name());

    private final Mode mode;
    private final String bootstrap;
    private final Codecs codecs;
    private final History history;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final Admin admin;
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final List<Terminal> terminals = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private final List<CommitSample> commits = new ArrayList<>();

    RealRun(Mode mode, String bootstrap, Codecs codecs, Path file) {
        this.mode = mode;
        this.bootstrap = bootstrap;
        this.codecs = codecs;
        history = History.appendTo(file);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        reader = reader();
    }

    /** Sends every text and waits for the broker; the id of each is {@code r-} and its index. */
    void send(List<String> texts) throws Exception {
        Codec<Request> codec = codecs.of(TOPICS.work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Map<Sent, java.util.concurrent.Future<RecordMetadata>> pending = new LinkedHashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                String id = "r-" + i;
                byte[] value = codec.encode(Request.newBuilder()
                        .setRequestId(id)
                        .setTask("vector")
                        .setText(texts.get(i))
                        .setIssuedAt(Instant.now())
                        .build());
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(TOPICS.work().name(), utf8("k-" + i % 50), value);
                record.headers().add(ID, utf8(id));
                String right = java.util.Arrays.toString(FakeModel.vector(texts.get(i)));
                Sent draft = new Sent(
                        id, "k-" + i % 50, new Position("", 0, 0), right, hex(value), Map.of(ID, hex(utf8(id))));
                pending.put(draft, producer.send(record));
            }
            for (Map.Entry<Sent, java.util.concurrent.Future<RecordMetadata>> entry : pending.entrySet()) {
                taken(entry.getKey(), entry.getValue().get());
            }
        }
    }

    private void taken(Sent draft, RecordMetadata at) {
        Position position = new Position(at.topic(), at.partition(), at.offset());
        sent.put(
                draft.requestId(),
                new Sent(draft.requestId(), draft.key(), position, draft.expected(), draft.value(), draft.headers()));
        history.add(new Operation(
                System.nanoTime(),
                "client",
                "send",
                draft.requestId(),
                draft.key(),
                at.topic(),
                at.partition(),
                at.offset(),
                Operation.Status.OK));
    }

    int ended() {
        return ended.size();
    }

    History history() {
        return history;
    }

    /** Reads what is committed, then everything that terminal topics hold by then, and keeps both. */
    void sample() throws Exception {
        var offsets = admin.listConsumerGroupOffsets("forebay-worker")
                .partitionsToOffsetAndMetadata()
                .get();
        var ends = reader.endOffsets(reader.assignment());
        do {
            reader.poll(Duration.ofMillis(20)).forEach(this::read);
        } while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue()));
        offsets.forEach((partition, offset) -> {
            if (offset != null && partition.topic().equals(TOPICS.work().name())) {
                commits.add(new CommitSample(
                        partition.topic(), partition.partition(), offset.offset(), terminals.size()));
            }
        });
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        Position at = new Position(record.topic(), record.partition(), record.offset());
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), hex(header.value())));
        String id = new String(record.headers().lastHeader(ID).value(), StandardCharsets.UTF_8);
        Sent input = sent.get(id);
        Position source = input == null ? at : input.position();
        if (record.topic().equals(TOPICS.outcomes().name())) {
            Result result = good(codecs.of(TOPICS.outcomes(), Result.class).decode(record.value()));
            String content = ((Embedding) result.getOutcome()).getVector().toString();
            terminals.add(new Terminal(
                    Terminal.Kind.RESULT, result.getRequestId(), at, source, content, "", headers));
        } else if (record.topic().equals(TOPICS.deadLetters().name())) {
            DeadLetter letter = good(codecs.of(TOPICS.deadLetters(), DeadLetter.class).decode(record.value()));
            Position named = new Position(letter.getTopic(), letter.getPartition(), letter.getOffset());
            terminals.add(new Terminal(
                    Terminal.Kind.DEAD_LETTER, id, at, named, letter.getCode(), hex(letter.getValue()), headers));
        } else {
            String code = headers.getOrDefault(dev.forebay.schemas.Headers.CODE, "");
            terminals.add(new Terminal(Terminal.Kind.REJECTION, id, at, source, code, "", headers));
        }
        ended.add(id);
        history.add(new Operation(
                System.nanoTime(),
                "reader",
                "terminal",
                id,
                "",
                at.topic(),
                at.partition(),
                at.offset(),
                Operation.Status.OK));
    }

    /** Everything that was gathered; the terminal topics are read once more from their beginnings. */
    Evidence evidence() {
        Set<Position> settled = new HashSet<>();
        var ends = reader.endOffsets(reader.assignment());
        reader.seekToBeginning(reader.assignment());
        do {
            reader.poll(Duration.ofMillis(20))
                    .forEach(record ->
                            settled.add(new Position(record.topic(), record.partition(), record.offset())));
        } while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue()));
        return new Evidence(
                mode,
                history.operations(),
                List.copyOf(sent.values()),
                List.copyOf(terminals),
                settled,
                KINDS,
                commits,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        KINDS.values().forEach(topic -> consumer.partitionsFor(topic)
                .forEach(info -> all.add(new TopicPartition(topic, info.partition()))));
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    @Override
    public void close() throws Exception {
        reader.close();
        admin.close();
        history.close();
    }

    private static <T> T good(Decoded<T> decoded) {
        return decoded.fold(Decoded.Good::value, bad -> {
            throw new AssertionError(bad.message());
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return hex(bytes);
    }
}
