package dev.forebay.deploy.faults;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Who sends the requests of a run, and writes into the history what the broker answered. */
final class Client implements AutoCloseable {
    /** The header that every record and all that comes of it carries. */
    static final String ID = "test-id";

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Codec<Request> codec;
    private final History history;
    private final Map<String, Ask> asked = new ConcurrentHashMap<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    /** @param overrides properties of the producer */
    Client(String bootstrap, Topics.Topic topic, Codec<Request> codec, History history, Map<String, Object> overrides) {
        this.topic = topic.name();
        this.codec = codec;
        this.history = history;
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", bootstrap, "linger.ms", "2"));
        properties.putAll(overrides);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends and does not wait for the broker. */
    void send(Ask ask) {
        String id = nextId();
        asked.put(id, ask);
        ProducerRecord<byte[], byte[]> record = record(topic, id, ask, value(id, ask));
        var unused =
                producer.send(record, (at, failure) -> ended(id, ask, at, status(failure))); // the callback says all
    }

    private void ended(String id, Ask ask, @Nullable RecordMetadata at, Operation.Status status) {
        history.add(sent(id, ask.key(), at, status));
        switch (status) {
            case OK -> acknowledged.add(id);
            case INFO -> unanswered.incrementAndGet();
            case FAIL -> {}
        }
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String id, Ask ask, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, ask.timestamp(), utf8(ask.key()), value);
        record.headers().add(ID, utf8(id));
        return record;
    }

    private byte @Nullable [] value(String id, Ask ask) {
        return ask.text().isEmpty() ? ask.bytes() : encoded(id, ask);
    }

    /** The request that an ask with a text makes. */
    byte[] encoded(String id, Ask ask) {
        return codec.encode(Request.newBuilder()
                .setRequestId(id)
                .setTask(FaultRun.TASK)
                .setText(ask.text())
                .setAttributes(ask.attributes())
                .setIssuedAt(Instant.now())
                .setExpiresAt(ask.expiresAt())
                .build());
    }

    /** Waits until the broker has answered for everything, or the client gave up. */
    void flush() {
        producer.flush();
    }

    int sent() {
        return asked.size();
    }

    /** The id that the next request gets. */
    String nextId() {
        return "r-" + asked.size();
    }

    /** Takes the ids that the broker has acknowledged and that nobody took before. */
    List<String> takeAcknowledged() {
        List<String> ids = new ArrayList<>();
        for (String id = acknowledged.poll(); id != null; id = acknowledged.poll()) {
            ids.add(id);
        }
        return ids;
    }

    /** How many sends ended without the broker's answer: it may have taken them or not. */
    int unanswered() {
        return unanswered.get();
    }

    /** What was asked under an id. */
    @Nullable Ask asked(String id) {
        return asked.get(id);
    }

    @Override
    public void close() {
        producer.close();
    }

    private Operation sent(String id, String key, @Nullable RecordMetadata at, Operation.Status status) {
        int partition = at == null ? -1 : at.partition();
        long offset = at == null || !at.hasOffset() ? -1 : at.offset();
        return new Operation(System.nanoTime(), "client", "send", id, key, topic, partition, offset, status);
    }

    private static Operation.Status status(@Nullable Exception failure) {
        if (failure == null) {
            return Operation.Status.OK;
        }
        boolean neverLeft = failure instanceof RecordTooLargeException || failure instanceof SerializationException;
        return neverLeft ? Operation.Status.FAIL : Operation.Status.INFO;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
