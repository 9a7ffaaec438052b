package dev.forebay.processors.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The keys of the last while, in a store that is written in the transaction of the record that brought them: a record
 * that is read again after a fault finds the store as it was. By the clock's time, so that no event's date moves it: a
 * store without timestamps of its own would date its changelog by the events, and a broker refuses what lies ahead.
 */
public final class RecentKeys {
    private final TimestampedWindowStore<byte[], String> store;
    private final Duration window;

    private RecentKeys(TimestampedWindowStore<byte[], String> store, Duration window) {
        this.store = store;
        this.window = window;
    }

    public static StoreBuilder<TimestampedWindowStore<byte[], String>> store(String name, Duration window) {
        // Twice the window, so that a clock that is set back by less than one loses nothing.
        Duration retention = window.multipliedBy(2);
        return Stores.timestampedWindowStoreBuilder(
                Stores.persistentTimestampedWindowStore(name, retention, window, false),
                Serdes.ByteArray(),
                Serdes.String());
    }

    /** The keys of one partition, for an operator that is connected to the store. */
    public static RecentKeys of(ProcessorContext<byte[], byte[]> context, String name, Duration window) {
        return new RecentKeys(context.getStateStore(name), window);
    }

    /** What a key came with within the window; where it did not come, it is kept with its value and empty is given. */
    public Optional<String> putIfAbsent(byte[] key, String value, Instant now) {
        try (WindowStoreIterator<ValueAndTimestamp<String>> found =
                store.fetch(key, now.minus(window).plusMillis(1), now.plus(window))) {
            if (found.hasNext()) {
                return Optional.of(found.next().value.value());
            }
        }
        store.put(key, ValueAndTimestamp.make(value, now.toEpochMilli()), now.toEpochMilli());
        return Optional.empty();
    }
}
