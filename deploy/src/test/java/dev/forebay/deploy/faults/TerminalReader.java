package dev.forebay.deploy.faults;

import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records of the terminal topics as {@link Terminal}s. A header that speaks of another code than the value is a code of its own. */
final class TerminalReader {
    private final Map<Terminal.Kind, String> topics;
    private final Codec<Result> results;
    private final Codec<Rejection> rejections;
    private final Codec<DeadLetter> deadLetters;

    TerminalReader(Topics topics, Codecs codecs) {
        this.topics = Map.of(
                Terminal.Kind.RESULT, topics.outcomes().name(),
                Terminal.Kind.REJECTION, topics.rejections().name(),
                Terminal.Kind.DEAD_LETTER, topics.deadLetters().name());
        results = codecs.of(topics.outcomes(), Result.class);
        rejections = codecs.of(topics.rejections(), Rejection.class);
        deadLetters = codecs.of(topics.deadLetters(), DeadLetter.class);
    }

    /** Where each kind belongs. */
    Map<Terminal.Kind, String> topics() {
        return topics;
    }

    Terminal read(ConsumerRecord<byte[], byte[]> record, String id) {
        Position at = new Position(record.topic(), record.partition(), record.offset());
        String key = hex(record.key());
        if (record.topic().equals(topics.get(Terminal.Kind.RESULT))) {
            Result result = good(results.decode(record.value()));
            String content = ((Embedding) result.getOutcome()).getVector().toString();
            return new Terminal(Terminal.Kind.RESULT, id, result.getRequestId(), key, at, null, content, "", Map.of());
        }
        if (record.topic().equals(topics.get(Terminal.Kind.REJECTION))) {
            Rejection rejection = good(rejections.decode(record.value()));
            String code = code(record, rejection.getCode());
            return new Terminal(
                    Terminal.Kind.REJECTION, id, rejection.getRequestId(), key, at, null, code, "", Map.of());
        }
        DeadLetter letter = good(deadLetters.decode(record.value()));
        Map<String, String> headers = new HashMap<>();
        for (HeaderEntry header : letter.getHeaders()) {
            headers.put(header.getName(), hex(header.getValue()));
        }
        return new Terminal(
                Terminal.Kind.DEAD_LETTER,
                id,
                letter.getRequestId(),
                key,
                at,
                new Position(letter.getTopic(), letter.getPartition(), letter.getOffset()),
                code(record, letter.getCode()),
                original(letter),
                headers);
    }

    private static String original(DeadLetter letter) {
        if (letter.getValue() == null && letter.getValueSha256() != null) {
            return "sha256:" + letter.getValueSha256() + ":" + letter.getValueSize();
        }
        return hex(letter.getValue());
    }

    private static String code(ConsumerRecord<byte[], byte[]> record, String code) {
        Header header = record.headers().lastHeader(Headers.CODE);
        String told = header == null ? "" : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
        return told.equals(code) ? code : code + ", and its header says " + told;
    }

    static Map<String, String> hex(Iterable<Header> headers) {
        Map<String, String> texts = new HashMap<>();
        headers.forEach(header -> texts.put(header.key(), hex(header.value())));
        return texts;
    }

    /** Empty for null. */
    static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }

    private static String hex(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return "";
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return hex(bytes);
    }

    private static <T> T good(Decoded<T> decoded) {
        return decoded.fold(Decoded.Good::value, bad -> {
            throw new AssertionError(bad.message());
        });
    }
}
