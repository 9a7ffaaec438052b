package dev.forebay.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TerminalPublisherTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final Instant NOW = Instant.ofEpochMilli(5_000);
    private static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VALUE = "v".repeat(5_000).getBytes(StandardCharsets.UTF_8);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final Obstacles obstacles = new Obstacles();
    private final Tally tally = new Tally(1, System::nanoTime);
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final TerminalPublisher publisher = new TerminalPublisher(
            producer,
            new TerminalEncoder(TOPICS, codecs, () -> NOW),
            tally,
            obstacles,
            fatal::set,
            Duration.ofMillis(1));

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void acknowledgesOnlyWhenTheBrokerHas() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);

        assertThat(acknowledged).hasValue(0);
        producer.completeNext();
        assertThat(acknowledged).hasValue(1);
        assertThat(tally.stats().results()).isEqualTo(1);
    }

    @Test
    void keepsKeyAndHeadersOfTheInput() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("forebay.outcomes");
        assertThat(sent.key()).isEqualTo(KEY);
        assertThat(sent.headers().lastHeader("traceparent").value()).isEqualTo(KEY);
    }

    @Test
    void noHeaderChoosesTopicPartitionTimeOrModel() {
        InputRecord plain = input(KEY);
        RecordHeaders hostile = new RecordHeaders();
        for (String name : List.of("topic", "partition", "timestamp", "model", "task", "key")) {
            hostile.add(name, KEY).add("forebay-" + name, KEY).add("kafka_" + name, KEY);
        }
        InputRecord steered = new InputRecord(
                plain.partition(),
                plain.offset(),
                plain.timestamp(),
                plain.key(),
                plain.value(),
                hostile,
                plain.receivedNanos(),
                plain.deliveries());
        publisher.publish(answered(), plain, acknowledged::incrementAndGet);
        publisher.publish(answered(), steered, acknowledged::incrementAndGet);

        ProducerRecord<byte[], byte[]> expected = producer.history().get(0);
        ProducerRecord<byte[], byte[]> sent = producer.history().get(1);
        assertThat(sent.topic()).isEqualTo(expected.topic());
        assertThat(sent.partition()).isNull();
        assertThat(sent.timestamp()).isEqualTo(expected.timestamp());
        assertThat(sent.key()).isEqualTo(expected.key());
        assertThat(sent.value()).isEqualTo(expected.value());
    }

    @Test
    void keepsTheTimeOfTheInputButNeverOneInTheFuture() {
        publisher.publish(answered(), input(KEY, 1_000), acknowledged::incrementAndGet);
        publisher.publish(answered(), input(KEY, Long.MAX_VALUE), acknowledged::incrementAndGet);
        publisher.publish(answered(), input(KEY, -1), acknowledged::incrementAndGet);

        assertThat(producer.history())
                .extracting(ProducerRecord::timestamp)
                .containsExactly(1_000L, NOW.toEpochMilli(), null);
    }

    @Test
    void whatIsTriedAgainHasNoTimeInTheFutureEither() {
        Terminal.Postponed again =
                new Terminal.Postponed(new Terminal.Dead(ReasonCode.RESOURCE_EXHAUSTED, "full", "r-1", null), NOW);
        publisher.publish(again, input(KEY, 1_000), acknowledged::incrementAndGet);
        publisher.publish(again, input(KEY, Long.MAX_VALUE), acknowledged::incrementAndGet);
        publisher.publish(again, input(KEY, -1), acknowledged::incrementAndGet);

        assertThat(producer.history())
                .allMatch(sent -> sent.topic().equals(TOPICS.retries().name()))
                .extracting(ProducerRecord::timestamp)
                .containsExactly(1_000L, NOW.toEpochMilli(), null);
    }

    @Test
    void recordWithoutKeyGetsTheRequestId() {
        publisher.publish(answered(), input(null), acknowledged::incrementAndGet);

        assertThat(producer.history().get(0).key()).isEqualTo("r-1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendThatMaySucceedLaterIsSentAgain() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new TimeoutException("expired in the buffer"));

        await().until(() -> producer.history().size() == 2);
        assertThat(acknowledged).hasValue(0);
        producer.completeNext();
        assertThat(acknowledged).hasValue(1);
        assertThat(producer.history().get(1).value())
                .isEqualTo(producer.history().get(0).value());
    }

    @Test
    void sendThatCannotSucceedStopsTheWorker() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new ClusterAuthorizationException("no"));

        assertThat(fatal.get()).isInstanceOf(ClusterAuthorizationException.class);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void aMissingRightIsWaitedForAndSaid() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new TopicAuthorizationException("forebay.outcomes"));

        assertThat(obstacles.now()).containsOnlyKeys("forebay.outcomes");
        await().until(() -> producer.history().size() == 2);
        assertThat(acknowledged).hasValue(0);
        producer.completeNext();

        assertThat(acknowledged).hasValue(1);
        assertThat(obstacles.now()).isEmpty();
        assertThat(fatal.get()).isNull();
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        publisher.stopSending();
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);

        assertThat(producer.history()).isEmpty();
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void resultThatIsTooLargeBecomesADeadLetterWithTheOriginal() {
        publisher.publish(answered(), input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new RecordTooLargeException("too large"));

        await().until(() -> producer.history().size() == 2);
        ProducerRecord<byte[], byte[]> sent = producer.history().get(1);
        DeadLetter letter = decode(sent);
        assertThat(sent.headers().lastHeader(Headers.CODE).value()).asString().isEqualTo("output_too_large");
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(VALUE));
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
        assertThat(letter.getRequestId()).isEqualTo("r-1");
        assertThat(letter.getTopic()).isEqualTo("forebay.work");
        assertThat(letter.getOffset()).isEqualTo(7);
        producer.completeNext();
        assertThat(acknowledged).hasValue(1);
        assertThat(tally.stats().deadLetters()).isEqualTo(1);
    }

    @Test
    void deadLetterThatIsTooLargeKeepsSizeAndHash() {
        Terminal dead = new Terminal.Dead(ReasonCode.MALFORMED, "not Avro", null, null);
        publisher.publish(dead, input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new RecordTooLargeException("too large"));

        await().until(() -> producer.history().size() == 2);
        DeadLetter letter = decode(producer.history().get(1));
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getMessage()).startsWith("not Avro").contains("5000 bytes");
        assertThat(letter.getValueSize()).isEqualTo(5000);
        assertThat(letter.getValueSha256()).isEqualTo(sha256(VALUE));
        producer.completeNext();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void deadLetterThatNeverFitsStopsTheWorker() {
        Terminal dead = new Terminal.Dead(ReasonCode.MALFORMED, "not Avro", null, null);
        publisher.publish(dead, input(KEY), acknowledged::incrementAndGet);
        producer.errorNext(new RecordTooLargeException("too large"));
        await().until(() -> producer.history().size() == 2);
        producer.errorNext(new RecordTooLargeException("too large"));

        await().untilAsserted(() -> assertThat(fatal.get()).hasMessageContaining("raise its max.message.bytes"));
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void deadLetterCountsTheAttemptsAndNamesTheTrace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        InputRecord source = input(KEY);
        source.headers()
                .add(Headers.TRACE_PARENT, ("00-" + trace + "-00f067aa0ba902b7-01").getBytes(StandardCharsets.UTF_8))
                .add(Headers.ATTEMPTS, Attempts.header(3));

        publisher.publish(
                new Terminal.Dead(ReasonCode.MALFORMED, "not Avro", null, null), source, acknowledged::incrementAndGet);

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        DeadLetter letter = decode(sent);
        assertThat(letter.getAttempts()).isEqualTo(4);
        assertThat(letter.getTraceId()).isEqualTo(trace);
        assertThat(letter.getValueSize()).isNull();
        assertThat(letter.getHeaders())
                .extracting(HeaderEntry::getName)
                .as("the original's")
                .containsExactly("traceparent", "traceparent", "forebay-attempts");
        assertThat(sent.headers().headers(Headers.ATTEMPTS))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).asString().isEqualTo("4"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private DeadLetter decode(ProducerRecord<byte[], byte[]> sent) {
        assertThat(sent.topic()).isEqualTo("forebay.dead-letters");
        return codecs.of(TOPICS.deadLetters(), DeadLetter.class)
                .decode(sent.value())
                .fold(Decoded.Good::value, bad -> {
                    throw new AssertionError(bad.message());
                });
    }

    private static Terminal answered() {
        return new Terminal.Answered(Result.newBuilder()
                .setRequestId("r-1")
                .setTask("vectors")
                .setOutcome(new Embedding(List.of(1f), true))
                .setModel(new ModelRef("m", "1"))
                .setTokens(3)
                .setIssuedAt(Instant.EPOCH)
                .setCompletedAt(Instant.EPOCH)
                .build());
    }

    private static InputRecord input(byte @Nullable [] key) {
        return input(key, 0);
    }

    private static InputRecord input(byte @Nullable [] key, long timestamp) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", KEY);
        return new InputRecord(new TopicPartition("forebay.work", 0), 7, timestamp, key, VALUE, headers, 0, 1);
    }
}
