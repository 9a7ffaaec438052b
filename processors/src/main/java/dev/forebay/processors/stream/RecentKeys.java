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

/**
 * The keys of the last while, in a store that is written in the transaction of the record that brought them: a record
 * that is read again after a fault finds the store as it was. By the clock's time, so that no event's date moves it: a
 * store without timestamps of its own would date its changelog by the events, and a broker refuses what lies ahead.
 *
 * <p>A key is kept under the beginning of the period in which it came; periods are as long as the window, so two that are
 * no duplicates of each other are never of one period. To look for one is to ask for it in three periods, by what RocksDB
 * answers from a Bloom filter, and not to search through a span of time.
 */
public final class RecentKeys {
    private final TimestampedWindowStore<byte[], String> store;
    private final long windowMillis;

    private RecentKeys(TimestampedWindowStore<byte[], String> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    public static StoreBuilder<TimestampedWindowStore<byte[], String>> store(String name, Duration window) {
        // A key is up to one window younger than its period. The third is for a clock that is set back by less than
        // one.
        Duration retention = window.multipliedBy(3);
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
        long millis = now.toEpochMilli();
        long period = millis - Math.floorMod(millis, windowMillis);
        for (long asked = period - windowMillis; asked <= period + windowMillis; asked += windowMillis) {
            ValueAndTimestamp<String> found = store.fetch(key, asked);
            if (found != null && isWithin(found.timestamp(), millis)) {
                return Optional.of(found.value());
            }
        }
        store.put(key, ValueAndTimestamp.make(value, millis), period);
        return Optional.empty();
    }

    /** Also where it came later, by a clock that was set back since. */
    private boolean isWithin(long came, long now) {
        return came > now - windowMillis && came <= now + windowMillis;
    }
}
