package dev.forebay.processors.completion;

import dev.forebay.processors.event.Alarms;
import dev.forebay.processors.event.Alarms.Alarm;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.processors.event.Sha256;
import dev.forebay.processors.event.Shelf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The events that are not forgotten, how their requests ended, and the times to look at them, on one shelf:
 *
 * <pre>
 *  'a' due(8) event(32)            nothing   when to look at an event
 *  'e' event(32)                   the event
 *  'p' event(32) part(4) task      how a request ended
 * </pre>
 */
final class OpenEvents {
    private static final byte EVENT = 'e';
    private static final byte REQUEST = 'p';
    private static final int PART_AT = 1 + Sha256.BYTES;
    private static final int TASK_AT = PART_AT + Integer.BYTES;

    private final Shelf shelf;
    private final Alarms alarms;

    OpenEvents(Shelf shelf) {
        this.shelf = shelf;
        this.alarms = new Alarms(shelf, Sha256.BYTES);
    }

    Optional<OpenEvent> find(EventKey key) {
        return at(name(key));
    }

    Optional<OpenEvent> find(Alarm alarm) {
        return at(alarm.name());
    }

    /** Keeps an event whose alarm is set already. */
    void save(OpenEvent event, Instant now) {
        shelf.put(key(name(event.key())), PartJson.event(event), now);
    }

    /** Keeps an event and moves its alarm. */
    void saveDue(OpenEvent event, long due, Instant now) {
        byte[] name = name(event.key());
        alarms.remove(event.progress().due(), name);
        alarms.set(due, name, now);
        save(event.with(event.progress().due(due)), now);
    }

    void ring(Instant now, BooleanSupplier enough, Consumer<Alarm> look) {
        alarms.ring(now, enough, look);
    }

    Optional<End> end(EventKey event, PartKey request) {
        return Optional.ofNullable(shelf.get(key(name(event), request))).map(PartJson::end);
    }

    void put(EventKey event, PartKey request, End end, Instant now) {
        shelf.put(key(name(event), request), PartJson.end(end), now);
    }

    void remove(EventKey event, PartKey request) {
        shelf.remove(key(name(event), request));
    }

    Map<PartKey, End> ends(EventKey event) {
        Map<PartKey, End> ends = new HashMap<>();
        for (Shelf.Entry entry : entries(name(event))) {
            byte[] key = entry.key();
            String task = new String(key, TASK_AT, key.length - TASK_AT, StandardCharsets.UTF_8);
            ends.put(new PartKey(ByteBuffer.wrap(key).getInt(PART_AT), task), PartJson.end(entry.value()));
        }
        return ends;
    }

    /** Takes an event away with all that belongs to it. */
    void remove(OpenEvent event) {
        byte[] name = name(event.key());
        entries(name).forEach(entry -> shelf.remove(entry.key()));
        alarms.remove(event.progress().due(), name);
        shelf.remove(key(name));
    }

    private List<Shelf.Entry> entries(byte[] name) {
        byte[] from = key(name, new PartKey(0, ""));
        byte[] to = Arrays.copyOf(from, TASK_AT);
        Arrays.fill(to, PART_AT, TASK_AT, (byte) 0xff);
        return shelf.range(from, to, Integer.MAX_VALUE);
    }

    private Optional<OpenEvent> at(byte[] name) {
        return Optional.ofNullable(shelf.get(key(name))).map(PartJson::event);
    }

    private static byte[] name(EventKey key) {
        return RequestKey.of(key.tenant(), key.eventId());
    }

    private static byte[] key(byte[] name) {
        return ByteBuffer.allocate(1 + name.length).put(EVENT).put(name).array();
    }

    private static byte[] key(byte[] name, PartKey request) {
        byte[] task = request.task().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(TASK_AT + task.length)
                .put(REQUEST)
                .put(name)
                .putInt(request.part())
                .put(task)
                .array();
    }
}
