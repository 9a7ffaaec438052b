package dev.forebay.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.Headers;
import dev.forebay.worker.consume.InputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class PostponementTest {
    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.006Z");

    @Test
    void comesBackAsItWasWithOneMoreAttempt() {
        InputRecord original = record("support-work-eu", 12, 345);
        original.headers().add("trace", bytes("abc"));

        Postponement once =
                Postponement.read(asRead(Postponement.record("retries", original, original.timestamp(), WHEN)));

        assertThat(once.notBefore()).contains(WHEN);
        assertThat(once.original().partition()).isEqualTo(original.partition());
        assertThat(once.original().offset()).isEqualTo(345);
        assertThat(once.original().timestamp()).isEqualTo(original.timestamp());
        assertThat(once.original().key()).isEqualTo(original.key());
        assertThat(once.original().value()).isEqualTo(original.value());
        assertThat(once.original().header("trace")).contains("abc");
        assertThat(once.original().header(Headers.ORIGIN)).isEmpty();
        assertThat(original.attempts()).isEqualTo(1);
        assertThat(once.original().attempts()).isEqualTo(2);
    }

    @Test
    void attemptsAddUpAndThePositionStaysTheFirst() {
        InputRecord record = record("work", 0, 7);
        for (int i = 0; i < 3; i++) {
            record = Postponement.read(asRead(Postponement.record("retries", record, record.timestamp(), WHEN)))
                    .original();
        }

        assertThat(record.attempts()).isEqualTo(4);
        assertThat(record.partition()).isEqualTo(new TopicPartition("work", 0));
        assertThat(record.offset()).isEqualTo(7);
        assertThat(record.headers().toArray()).hasSize(1);
    }

    @Test
    void whatSomebodyElsePutThereIsReadAsItIs() {
        InputRecord stray = record("retries", 3, 9);
        stray.headers().add(Headers.ORIGIN, bytes("nowhere")).add(Headers.NOT_BEFORE, bytes("soon"));

        Postponement read = Postponement.read(stray);

        assertThat(read.notBefore()).isEqualTo(Optional.empty());
        assertThat(read.original().partition()).isEqualTo(new TopicPartition("retries", 3));
        assertThat(read.original().offset()).isEqualTo(9);
    }

    private static InputRecord record(String topic, int partition, long offset) {
        return new InputRecord(
                new TopicPartition(topic, partition),
                offset,
                1_700_000_000_000L,
                bytes("key"),
                bytes("value"),
                new RecordHeaders(),
                5,
                1);
    }

    private static InputRecord asRead(ProducerRecord<byte[], byte[]> sent) {
        return new InputRecord(
                new TopicPartition(sent.topic(), 0),
                0,
                sent.timestamp(),
                sent.key(),
                sent.value(),
                sent.headers(),
                6,
                1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
