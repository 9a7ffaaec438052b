package dev.forebay.worker.batch;

import org.jspecify.annotations.Nullable;

/** An item with its place in a {@link Chain}; identity is its equality. */
final class Entry<T> {
    final Item<T> item;
    final int bucket;
    final long sequence;

    @Nullable Chain<T> chain;

    @Nullable Entry<T> before;

    @Nullable Entry<T> after;

    Entry(Item<T> item, int bucket, long sequence) {
        this.item = item;
        this.bucket = bucket;
        this.sequence = sequence;
    }
}
