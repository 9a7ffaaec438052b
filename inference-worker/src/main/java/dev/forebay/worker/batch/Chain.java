package dev.forebay.worker.batch;

import org.jspecify.annotations.Nullable;

/** Entries in the order they came; any may leave, in constant time. An entry is in one chain at a time. */
final class Chain<T> {
    private @Nullable Entry<T> first;
    private @Nullable Entry<T> last;
    private int size;

    @Nullable Entry<T> first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Entry<T> entry) {
        entry.chain = this;
        entry.before = last;
        entry.after = null;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        size++;
    }

    void remove(Entry<T> entry) {
        if (entry.chain != this) {
            throw new IllegalStateException("an entry of another chain");
        }
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        entry.chain = null;
        entry.before = null;
        entry.after = null;
        size--;
    }
}
