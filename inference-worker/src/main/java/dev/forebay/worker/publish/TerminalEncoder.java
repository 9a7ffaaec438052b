package dev.forebay.worker.publish;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.consume.InputRecord;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Terminals as records for their topics: the input's key, or the request id where it has none, all its headers, and its time. */
public final class TerminalEncoder {
    private static final byte[] STAGE = "worker".getBytes(StandardCharsets.UTF_8);

    private final Topics topics;
    private final Codec<Result> results;
    private final Codec<Rejection> rejections;
    private final Codec<DeadLetter> deadLetters;
    private final InstantSource clock;

    public TerminalEncoder(Topics topics, Codecs codecs, InstantSource clock) {
        this.topics = topics;
        this.results = codecs.of(topics.outcomes(), Result.class);
        this.rejections = codecs.of(topics.rejections(), Rejection.class);
        this.deadLetters = codecs.of(topics.deadLetters(), DeadLetter.class);
        this.clock = clock;
    }

    ProducerRecord<byte[], byte[]> encode(Terminal terminal, InputRecord source) {
        return terminal.fold(
                answered -> record(topics.outcomes(), source, terminal, results.encode(answered.result())),
                refused -> withCode(
                        record(topics.rejections(), source, terminal, rejections.encode(refused.rejection())),
                        refused.code()),
                dead -> deadLetter(source, dead, DeadLetters.of(source, dead, clock.instant())),
                postponed ->
                        Postponement.record(topics.retries().name(), source, timestamp(source), postponed.notBefore()));
    }

    /** The dead letter for an original that does not fit: everything but its value. */
    ProducerRecord<byte[], byte[]> encodeWithoutPayload(Terminal.Dead dead, InputRecord source) {
        return deadLetter(source, dead, DeadLetters.withoutPayload(source, dead, clock.instant()));
    }

    boolean isDeadLetter(ProducerRecord<byte[], byte[]> record) {
        return record.topic().equals(topics.deadLetters().name());
    }

    static @Nullable String requestId(Terminal terminal) {
        return terminal.fold(
                answered -> answered.result().getRequestId(),
                refused -> refused.rejection().getRequestId(),
                Terminal.Dead::requestId,
                postponed -> postponed.otherwise().requestId());
    }

    private ProducerRecord<byte[], byte[]> deadLetter(InputRecord source, Terminal.Dead dead, DeadLetter letter) {
        ProducerRecord<byte[], byte[]> record =
                withCode(record(topics.deadLetters(), source, dead, deadLetters.encode(letter)), dead.code());
        byte[] attempts = Attempts.header(letter.getAttempts());
        record.headers().remove(Headers.ATTEMPTS).add(Headers.ATTEMPTS, attempts);
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(
            Topics.Topic topic, InputRecord source, Terminal terminal, byte[] value) {
        byte[] key = source.key();
        String requestId = requestId(terminal);
        if (key == null && requestId != null) {
            key = requestId.getBytes(StandardCharsets.UTF_8);
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(), null, timestamp(source), key, value);
        source.headers().forEach(record.headers()::add);
        return record;
    }

    /** The input's own time, so that latency can be read off any later record; never one that a broker refuses. */
    private @Nullable Long timestamp(InputRecord source) {
        return source.timestamp() < 0 ? null : Math.min(source.timestamp(), clock.millis());
    }

    private static ProducerRecord<byte[], byte[]> withCode(ProducerRecord<byte[], byte[]> record, ReasonCode code) {
        record.headers().remove(Headers.CODE).add(Headers.CODE, code.code().getBytes(StandardCharsets.UTF_8));
        record.headers().remove(Headers.STAGE).add(Headers.STAGE, STAGE);
        return record;
    }
}
