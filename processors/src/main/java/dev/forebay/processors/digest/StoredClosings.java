package dev.forebay.processors.digest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The closed windows of one partition in a store, dated by the clock. */
final class StoredClosings implements Closings {
    /** What comes later for a window opens it again. */
    static final Duration REMEMBERED = Duration.ofDays(7);

    private static final int SPAN_BYTES = 2 * Long.BYTES;

    private final TimestampedWindowStore<byte[], byte[]> store;

    private StoredClosings(TimestampedWindowStore<byte[], byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<TimestampedWindowStore<byte[], byte[]>> store(String name) {
        // Twice as long, so that a clock that is set back by less than once loses nothing.
        return Stores.timestampedWindowStoreBuilder(
                Stores.persistentTimestampedWindowStore(name, REMEMBERED.multipliedBy(2), REMEMBERED, false),
                Serdes.ByteArray(),
                Serdes.ByteArray());
    }

    /** For an operator that is connected to the store. */
    static StoredClosings of(ProcessorContext<byte[], byte[]> context, String name) {
        return new StoredClosings(context.getStateStore(name));
    }

    @Override
    public void add(WindowKey key, Span span, Instant now) {
        byte[] value = ByteBuffer.allocate(SPAN_BYTES)
                .putLong(span.start())
                .putLong(span.end())
                .array();
        store.put(
                name(key.group().hash(), key.id()),
                ValueAndTimestamp.make(value, now.toEpochMilli()),
                now.toEpochMilli());
    }

    @Override
    public List<Span> between(Group group, Span ids, Instant now) {
        byte[] hash = group.hash();
        try (KeyValueIterator<Windowed<byte[]>, ValueAndTimestamp<byte[]>> found = store.fetch(
                name(hash, ids.start()), name(hash, ids.end()), now.minus(REMEMBERED), now.plus(REMEMBERED))) {
            List<Span> spans = new ArrayList<>();
            while (found.hasNext()) {
                ByteBuffer value = ByteBuffer.wrap(found.next().value.value());
                spans.add(new Span(value.getLong(), value.getLong()));
            }
            return spans;
        }
    }

    private static byte[] name(byte[] hash, long id) {
        return ByteBuffer.allocate(hash.length + Long.BYTES)
                .put(hash)
                .putLong(id)
                .array();
    }
}
