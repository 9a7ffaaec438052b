package dev.forebay.processors.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A shelf in memory. */
public final class MapShelf implements Shelf {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value, Instant now) {
        entries.put(key, value);
    }

    @Override
    public void remove(byte[] key) {
        entries.remove(key);
    }

    @Override
    public List<Entry> range(byte[] from, byte[] to, int most) {
        return entries.subMap(from, true, to, true).entrySet().stream()
                .limit(most)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<Entry> last(byte[] from, byte[] to) {
        return Optional.ofNullable(entries.subMap(from, true, to, true).lastEntry())
                .map(entry -> new Entry(entry.getKey(), entry.getValue()));
    }
}
