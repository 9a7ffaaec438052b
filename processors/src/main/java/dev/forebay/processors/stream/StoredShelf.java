package dev.forebay.processors.stream;

import dev.forebay.processors.event.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * A shelf in a store that is written in the transaction of the record that brought its entries. It dates them by the
 * clock: a store without timestamps of its own would date its changelog by the events.
 */
public final class StoredShelf implements Shelf {
    private final TimestampedKeyValueStore<byte[], byte[]> store;

    private StoredShelf(TimestampedKeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** What is written again before a commit is sent to the changelog once. */
    public static StoreBuilder<TimestampedKeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.timestampedKeyValueStoreBuilder(
                        Stores.persistentTimestampedKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** The shelf of one partition, for an operator that is connected to the store. */
    public static StoredShelf of(ProcessorContext<byte[], byte[]> context, String name) {
        return new StoredShelf(context.getStateStore(name));
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return ValueAndTimestamp.getValueOrNull(store.get(key));
    }

    @Override
    public void put(byte[] key, byte[] value, Instant now) {
        store.put(key, ValueAndTimestamp.make(value, now.toEpochMilli()));
    }

    @Override
    public void remove(byte[] key) {
        store.delete(key);
    }

    @Override
    public List<Entry> range(byte[] from, byte[] to, int most) {
        try (KeyValueIterator<byte[], ValueAndTimestamp<byte[]>> found = store.range(from, to)) {
            List<Entry> entries = new ArrayList<>();
            while (found.hasNext() && entries.size() < most) {
                entries.add(entry(found.next()));
            }
            return entries;
        }
    }

    @Override
    public Optional<Entry> last(byte[] from, byte[] to) {
        try (KeyValueIterator<byte[], ValueAndTimestamp<byte[]>> found = store.reverseRange(from, to)) {
            return found.hasNext() ? Optional.of(entry(found.next())) : Optional.empty();
        }
    }

    private static Entry entry(KeyValue<byte[], ValueAndTimestamp<byte[]>> found) {
        return new Entry(found.key, found.value.value());
    }
}
