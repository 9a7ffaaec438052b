package dev.forebay.worker.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits in one lane: the oldest items in buckets by length, everyone else behind them in arrival order. */
final class Waiting<T> {
    private final int lookAhead;
    private final List<Chain<T>> buckets = new ArrayList<>();
    private final BitSet occupied = new BitSet();
    private final Chain<T> behind = new Chain<>();
    private int window;

    Waiting(int lookAhead) {
        this.lookAhead = lookAhead;
    }

    void add(Entry<T> entry) {
        if (window < lookAhead) {
            admit(entry);
        } else {
            behind.add(entry);
        }
    }

    void remove(Entry<T> entry) {
        if (entry.chain == behind) {
            behind.remove(entry);
            return;
        }
        Chain<T> bucket = buckets.get(entry.bucket);
        bucket.remove(entry);
        if (bucket.size() == 0) {
            occupied.clear(entry.bucket);
        }
        window--;
        Entry<T> next = behind.first();
        if (next != null) {
            behind.remove(next);
            admit(next);
        }
    }

    int size() {
        return window + behind.size();
    }

    /** The item that came first. */
    @Nullable Entry<T> oldest() {
        Entry<T> oldest = null;
        for (int bucket = longerThan(-1); bucket >= 0; bucket = longerThan(bucket)) {
            Entry<T> first = buckets.get(bucket).first();
            if (first != null && (oldest == null || first.sequence < oldest.sequence)) {
                oldest = first;
            }
        }
        return oldest;
    }

    /** The next bucket above this one that holds something; -1 where none does. */
    int longerThan(int bucket) {
        return occupied.nextSetBit(bucket + 1);
    }

    /** The next bucket from this one down that holds something; -1 where none does. */
    int atMost(int bucket) {
        return occupied.previousSetBit(bucket);
    }

    int count(int bucket) {
        return buckets.get(bucket).size();
    }

    /**
     * Adds to {@code chosen}, without removing them here, an entry that goes in any case and then the longest up to a
     * bucket.
     *
     * @param first the entry that goes in any case, if any
     * @param count how many to add at most, that one included
     */
    void choose(@Nullable Entry<T> first, int longest, int count, List<Entry<T>> chosen) {
        int full = chosen.size() + count;
        if (first != null && count > 0) {
            chosen.add(first);
        }
        for (int bucket = atMost(longest); bucket >= 0 && chosen.size() < full; bucket = atMost(bucket - 1)) {
            Entry<T> next = buckets.get(bucket).first();
            while (next != null && chosen.size() < full) {
                if (next != first) {
                    chosen.add(next);
                }
                next = next.after;
            }
        }
    }

    private void admit(Entry<T> entry) {
        while (buckets.size() <= entry.bucket) {
            buckets.add(new Chain<>());
        }
        buckets.get(entry.bucket).add(entry);
        occupied.set(entry.bucket);
        window++;
    }
}
