package dev.forebay.deploy.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Turns the terminal records of this run into endings; those of other runs and of other producers are not its own. */
final class EndingReader {
    private final Topics topics;
    private final Codec<Result> results;
    private final Codec<Result> review;
    private final Codec<Rejection> rejections;
    private final Codec<DeadLetter> deadLetters;
    private final Instant since;

    /** @param since the start of this run: what was issued before belongs to another */
    EndingReader(Topics topics, Codecs codecs, Instant since) {
        this.topics = topics;
        this.results = codecs.of(topics.results(), Result.class);
        this.review = codecs.of(topics.review(), Result.class);
        this.rejections = codecs.of(topics.rejections(), Rejection.class);
        this.deadLetters = codecs.of(topics.deadLetters(), DeadLetter.class);
        this.since = since;
    }

    /** @throws FailedException where a record of one of our own topics cannot be read */
    Optional<Ending> read(ConsumerRecord<byte[], byte[]> record) {
        Optional<Long> index = number(record, Headers.RECORD);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        number(record, Headers.LINE).ifPresent(number -> line.put("line", number));
        text(record, Headers.REQUEST_ID).ifPresent(id -> line.put("request_id", id));
        String topic = record.topic();
        if (topic.equals(topics.rejections().name())) {
            return rejected(index.get(), line, decode(rejections, record));
        }
        if (topic.equals(topics.deadLetters().name())) {
            return dead(index.get(), line, decode(deadLetters, record));
        }
        boolean reviewed = topic.equals(topics.review().name());
        Result result = decode(reviewed ? review : results, record);
        return answered(index.get(), line, result, reviewed ? Status.REVIEW : Status.RESULT);
    }

    private Optional<Ending> answered(long index, ObjectNode line, Result result, Status status) {
        if (result.getIssuedAt().isBefore(since)) {
            return Optional.empty();
        }
        line.put("status", status.code());
        line.put("model", result.getModel().getName() + "@" + result.getModel().getVersion());
        String label = null;
        Object outcome = result.getOutcome();
        if (outcome instanceof Classification classification) {
            label = classification.getLabel();
            classification(line, classification);
        } else if (outcome instanceof Embedding embedding) {
            ArrayNode vector = line.putArray("vector");
            embedding.getVector().forEach(vector::add);
        } else if (outcome instanceof Summary summary) {
            summary(line, summary);
        }
        if (result.getCoverage() != Coverage.WHOLE) {
            line.put("coverage", result.getCoverage().name().toLowerCase(java.util.Locale.ROOT));
        }
        Map<String, String> attributes = result.getAttributes();
        return Optional.of(ending(index, status, line, label, attributes.get(Sample.EXPECTED), null));
    }

    private static void classification(ObjectNode line, Classification classification) {
        line.put("label", classification.getLabel());
        line.put("score", classification.getScore());
        ObjectNode scores = line.putObject("scores");
        classification.getScores().forEach(score -> scores.put(score.getLabel(), score.getScore()));
    }

    private static void summary(ObjectNode line, Summary summary) {
        line.put("summary", summary.getText());
        ArrayNode spans = line.putArray("spans");
        summary.getSpans()
                .forEach(span -> spans.addObject().put("start", span.getStart()).put("end", span.getEnd()));
    }

    private Optional<Ending> rejected(long index, ObjectNode line, Rejection rejection) {
        if (rejection.getIssuedAt().isBefore(since)) {
            return Optional.empty();
        }
        return Optional.of(refused(index, Status.REJECTED, line, rejection.getCode(), rejection.getMessage(), null));
    }

    private Optional<Ending> dead(long index, ObjectNode line, DeadLetter letter) {
        if (letter.getTimestamp().isBefore(since)) {
            return Optional.empty();
        }
        return Optional.of(
                refused(index, Status.DEAD_LETTER, line, letter.getCode(), letter.getMessage(), letter.getModel()));
    }

    private static Ending refused(
            long index, Status status, ObjectNode line, String code, String message, @Nullable String model) {
        line.put("status", status.code()).put("model", model).put("code", code).put("message", message);
        return ending(index, status, line, null, null, code);
    }

    private static Ending ending(
            long index,
            Status status,
            ObjectNode line,
            @Nullable String label,
            @Nullable String expected,
            @Nullable String code) {
        return new Ending(index, status, line.toString().getBytes(StandardCharsets.UTF_8), label, expected, code);
    }

    private static <T> T decode(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new FailedException("A record of " + record.topic() + " at offset " + record.offset()
                    + " cannot be read: " + bad.message());
        });
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static Optional<Long> number(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record, name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
    }
}
