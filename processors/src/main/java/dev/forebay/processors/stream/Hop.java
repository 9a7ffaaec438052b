package dev.forebay.processors.stream;

import static dev.forebay.schemas.Headers.ATTEMPTS;
import static dev.forebay.schemas.Headers.CODE;
import static dev.forebay.schemas.Headers.KEY;
import static dev.forebay.schemas.Headers.PARTS;
import static dev.forebay.schemas.Headers.STAGE;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.EventHeader;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.stream.Refusals.Refusal;
import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.ReasonCode.Category;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One record's way through one stage, between Streams' records and our values. What leaves keeps the event's key and
 * headers; its timestamp is the event's, but never in the future.
 */
public final class Hop {
    private final Record<byte[], byte[]> source;
    private final Event event;
    private final Instant now;
    private final Refusals refusals;

    private Hop(Record<byte[], byte[]> source, Event event, Instant now, Refusals refusals) {
        this.source = source;
        this.event = event;
        this.now = now;
        this.refusals = refusals;
    }

    static Hop of(Record<byte[], byte[]> source, RecordMetadata metadata, Instant now, Refusals refusals) {
        List<EventHeader> headers = new ArrayList<>();
        for (Header header : source.headers()) {
            headers.add(new EventHeader(header.key(), header.value()));
        }
        Event event = new Event(
                new Event.Position(metadata.topic(), metadata.partition(), metadata.offset()),
                Instant.ofEpochMilli(source.timestamp()),
                source.key(),
                source.value(),
                headers);
        return new Hop(source, event, now, refusals);
    }

    public Event event() {
        return event;
    }

    public Instant now() {
        return now;
    }

    /** What came of the event when it was read before, where any of that was too large: it may not come of it again. */
    public Optional<Refusal> refusal() {
        return refusals.of(event.position());
    }

    /**
     * The same of one of the records that come of the event.
     *
     * @param departure its index, from 0
     */
    public Optional<Refusal> refusal(int departure) {
        return refusals.of(event.position(), departure);
    }

    /** A record that goes on; where the event has no key, the request id becomes it. */
    public Record<byte[], byte[]> onward(String requestId, byte[] value) {
        return onward(requestId, value, null, Map.of());
    }

    /**
     * The same for a reader with wishes.
     *
     * @param key in place of the event's; null for the event's own
     * @param more headers, which replace those of the event that have their names
     */
    public Record<byte[], byte[]> onward(
            String requestId, byte[] value, @Nullable String key, Map<String, String> more) {
        Headers headers = headers();
        more.forEach((name, text) -> headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8)));
        Record<byte[], byte[]> record = record(requestId, value, headers);
        return key == null ? record : record.withKey(key.getBytes(StandardCharsets.UTF_8));
    }

    /** A record that goes on under another key; its own goes along in a header, from which {@link #ungrouped} takes it. */
    public Record<byte[], byte[]> grouped(String requestId, byte[] value, String key) {
        Record<byte[], byte[]> record = onward(requestId, value);
        record.headers().remove(KEY).add(KEY, record.key());
        return record.withKey(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The way of a record that was grouped, as if it had not been; of another one, the same. */
    public Hop ungrouped() {
        Header key = source.headers().lastHeader(KEY);
        if (key == null) {
            return this;
        }
        Headers headers = new RecordHeaders(source.headers().toArray()).remove(KEY);
        return new Hop(source.withKey(key.value()).withHeaders(headers), event, now, refusals);
    }

    /**
     * The way of a record that carries a header, in place of any of that name.
     *
     * @param value null for one that carries none of that name
     */
    public Hop marked(String name, byte @Nullable [] value) {
        if (value == null && source.headers().lastHeader(name) == null) {
            return this;
        }
        Headers headers = new RecordHeaders(source.headers().toArray()).remove(name);
        return new Hop(source.withHeaders(value == null ? headers : headers.add(name, value)), event, now, refusals);
    }

    /** The last header of that name that goes along; empty where there is none. */
    public Optional<byte[]> carried(String name) {
        return Optional.ofNullable(source.headers().lastHeader(name)).map(Header::value);
    }

    /** A record that ends here; its headers tell tools the code and the stage without decoding. */
    public Record<byte[], byte[]> refused(String requestId, byte[] value, Reason reason, Stage stage) {
        Headers headers = headers();
        headers.add(CODE, reason.code().code().getBytes(StandardCharsets.UTF_8));
        headers.add(STAGE, stage.label().getBytes(StandardCharsets.UTF_8));
        if (reason.code().category() == Category.DEAD_LETTER) {
            headers.remove(ATTEMPTS).add(ATTEMPTS, Attempts.header(event.attempts()));
        }
        return record(requestId, value, headers);
    }

    private Record<byte[], byte[]> record(String requestId, byte[] value, Headers headers) {
        byte[] own = source.key();
        byte[] key = own == null ? requestId.getBytes(StandardCharsets.UTF_8) : own;
        return new Record<>(key, value, event.timestampUntil(now).toEpochMilli(), headers);
    }

    /** The event's headers, without what an earlier refusal said of it: a replayed event starts afresh. */
    private Headers headers() {
        return new RecordHeaders(source.headers().toArray())
                .remove(CODE)
                .remove(STAGE)
                .remove(PARTS);
    }
}
