package dev.forebay.processors.quota;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The token buckets of the tenants of one partition, in a store that is written in the transaction of the request that takes
 * a token: one that is read again after a fault finds the bucket as it was. By the clock's time, as the store's changelog.
 */
public final class Buckets {
    /** Names of tenants come from events: those that nobody uses are not kept for ever. */
    private static final Duration SWEPT_EVERY = Duration.ofHours(1);

    private static final int LEVEL_BYTES = 2 * Long.BYTES;

    private final TimestampedKeyValueStore<String, byte[]> store;

    private Buckets(TimestampedKeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Cached, so that what a tenant takes within a transaction is written once, at its end. */
    public static StoreBuilder<TimestampedKeyValueStore<String, byte[]>> store(String name) {
        return Stores.timestampedKeyValueStoreBuilder(
                        Stores.persistentTimestampedKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /**
     * The buckets of one partition, for an operator that is connected to the store.
     *
     * @param quotas those of the moment; of buckets that they do not have, none is kept for ever
     */
    public static Buckets of(
            ProcessorContext<byte[], byte[]> context, String name, Supplier<Quotas> quotas, InstantSource clock) {
        Buckets buckets = new Buckets(context.getStateStore(name));
        context.schedule(
                SWEPT_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> buckets.sweep(quotas.get(), clock.instant()));
        return buckets;
    }

    /** Why one more request of the tenant is beyond its quota; empty where it is within, and where it has none. */
    public Optional<Shortage> shortage(Quotas quotas, String tenant, Instant now) {
        return quotas.of(tenant).flatMap(quota -> {
            Level level = level(tenant, quota, now);
            return level.holdsOne() ? Optional.empty() : Optional.of(new Shortage(quota, level.whenItHoldsOne(quota)));
        });
    }

    /** Counts one request of a tenant that has no shortage. */
    public void take(Quotas quotas, String tenant, Instant now) {
        quotas.of(tenant)
                .ifPresent(quota -> keep(tenant, level(tenant, quota, now).withOneLess()));
    }

    private Level level(String tenant, Quota quota, Instant now) {
        ValueAndTimestamp<byte[]> kept = store.get(tenant);
        return kept == null ? Level.full(quota, now) : read(kept).flowed(quota, now);
    }

    private void keep(String tenant, Level level) {
        byte[] bytes = ByteBuffer.allocate(LEVEL_BYTES)
                .putLong(level.parts())
                .putLong(level.partsPerToken())
                .array();
        store.put(tenant, ValueAndTimestamp.make(bytes, level.at().toEpochMilli()));
    }

    /** A bucket that is full, or that has no quota any more, is as good as none. */
    private void sweep(Quotas quotas, Instant now) {
        try (KeyValueIterator<String, ValueAndTimestamp<byte[]>> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, ValueAndTimestamp<byte[]>> next = all.next();
                if (quotas.of(next.key)
                        .map(quota -> read(next.value).flowed(quota, now).isFull(quota))
                        .orElse(true)) {
                    store.delete(next.key);
                }
            }
        }
    }

    private static Level read(ValueAndTimestamp<byte[]> kept) {
        ByteBuffer bytes = ByteBuffer.wrap(kept.value());
        return new Level(bytes.getLong(), bytes.getLong(), Instant.ofEpochMilli(kept.timestamp()));
    }
}
