package dev.forebay.deploy.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.TopicScan;
import dev.forebay.schemas.config.KafkaConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Which records were replayed, as the topic {@code topics.replays} has it: under a record's position, its timestamp and
 * when it was replayed. All of it is in memory, some 100 bytes for each record that was ever replayed.
 */
public final class Replays {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TIMESTAMP = "timestamp";
    private static final String REPLAYED_AT = "replayed_at";

    private final String topic;
    private final Map<String, Note> notes = new HashMap<>();

    private Replays(String topic) {
        this.topic = topic;
    }

    /** @throws FailedException where the topic is missing, cannot be read, or has something else in it */
    public static Replays read(KafkaConfig kafka, String topic) {
        Replays replays = new Replays(topic);
        try (TopicScan scan = new TopicScan(kafka, topic)) {
            scan.forEach(record -> {
                replays.add(record);
                return true;
            });
        }
        return replays;
    }

    /** When the original of a letter was replayed; empty where it never was. */
    public Optional<Instant> replayedAt(Letter letter) {
        Letter.Original original = letter.original();
        return Optional.ofNullable(notes.get(original.position()))
                .filter(note -> note.timestamp == original.timestamp())
                .map(note -> note.replayedAt);
    }

    void note(Letter letter, Instant now) {
        notes.put(letter.original().position(), new Note(letter.original().timestamp(), now));
    }

    /** The record that makes the note last. */
    ProducerRecord<byte[], byte[]> record(Letter letter, Instant now) {
        ObjectNode value = JSON.createObjectNode()
                .put(TIMESTAMP, letter.original().timestamp())
                .put(REPLAYED_AT, now.toString())
                .put("letter", letter.position().toString());
        return new ProducerRecord<>(topic, bytes(letter.original().position()), bytes(value.toString()));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null) {
            throw new FailedException(stranger(record));
        }
        String position = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            notes.remove(position);
            return;
        }
        try {
            JsonNode note = JSON.readTree(value);
            Instant replayedAt = Instant.parse(note.path(REPLAYED_AT).asText());
            notes.put(position, new Note(note.path(TIMESTAMP).asLong(), replayedAt));
        } catch (IOException | DateTimeException e) {
            throw new FailedException(stranger(record), e);
        }
    }

    /** Whoever cannot tell what was replayed must replay nothing. */
    private String stranger(ConsumerRecord<byte[], byte[]> record) {
        return "Topic " + topic + " has a record that is no note of a replay, in partition " + record.partition()
                + " at offset " + record.offset() + ". Give topics.replays a topic of its own.";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Note(long timestamp, Instant replayedAt) {}
}
