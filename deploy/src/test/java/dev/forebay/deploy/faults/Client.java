package dev.forebay.deploy.faults;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
        String id = "r-" + asked.size();
        asked.put(id, ask);
        ProducerRecord<byte[], byte[]> record = record(topic, id, ask, encoded(id, ask));
        var unused = producer.send(
                record,
                (at, failure) -> history.add(sent(id, ask.key(), at, status(failure)))); // the callback says all
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String id, Ask ask, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, ask.timestamp(), utf8(ask.key()), value);
        record.headers().add(ID, utf8(id));
        return record;
    }

    byte[] encoded(String id, Ask ask) {
        byte[] bytes = ask.bytes();
        if (bytes != null) {
            return bytes;
        }
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
