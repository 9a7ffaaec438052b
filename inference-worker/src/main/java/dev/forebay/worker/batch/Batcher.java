package dev.forebay.worker.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gathers items into batches with little padding. Not safe for use by several threads: the caller holds a lock.
 *
 * <p>A batch is built around the oldest item. For every length at or above its own the batcher fills the room that this
 * length leaves, from that length downwards, and keeps the choice with the most real tokens per unit of cost, where a
 * batch costs its padded tokens and a constant for the call.
 */
public final class Batcher<T> {
    /** The fixed cost of one model call, in tokens; it breaks ties towards larger batches. */
    private static final int CALL_COST = 32;

    private final BatchPolicy policy;
    private final Set<Entry<T>> window = new LinkedHashSet<>();
    private final Set<Entry<T>> overflow = new LinkedHashSet<>();
    private final List<Set<Entry<T>>> buckets = new ArrayList<>();
    private final NavigableSet<Entry<T>> deadlines = new TreeSet<>(
            Comparator.comparingLong((Entry<T> e) -> e.item.deadlineNanos()).thenComparingLong(e -> e.sequence));
    private long offered;
    private boolean draining;

    public Batcher(BatchPolicy policy) {
        this.policy = policy;
    }

    /** Adds an item behind everyone who is waiting. */
    public void offer(Item<T> item) {
        Entry<T> entry = new Entry<>(item, policy.bucket(item.tokens()), offered++);
        while (buckets.size() <= entry.bucket) {
            buckets.add(new LinkedHashSet<>());
        }
        overflow.add(entry);
        if (item.deadlineNanos() != Item.NO_DEADLINE) {
            deadlines.add(entry);
        }
        refill();
    }

    /** Takes out every item whose deadline has passed, earliest deadline first. */
    public List<Item<T>> expire(long now) {
        List<Item<T>> expired = new ArrayList<>();
        while (!deadlines.isEmpty() && deadlines.first().item.deadlineNanos() - now <= 0) {
            Entry<T> entry = deadlines.first();
            deadlines.remove(entry);
            forget(entry);
            expired.add(entry.item);
        }
        refill();
        return expired;
    }

    /** The batch for an executor that is idle now, or how long it should wait. */
    public Decision<T> poll(long now) {
        if (window.isEmpty()) {
            return new Decision.Wait<>(Long.MAX_VALUE);
        }
        Entry<T> oldest = window.iterator().next();
        Choice choice = choose(oldest);
        boolean full = choice.count == policy.room(choice.bucket * policy.lengthMultiple());
        long lingerLeft = oldest.item.arrivalNanos() + policy.lingerNanos() - now;
        if (!full && !draining && policy.lingerNanos() > 0 && lingerLeft > 0) {
            return new Decision.Wait<>(lingerLeft);
        }
        return new Decision.Run<>(take(oldest, choice, reason(full)));
    }

    /** From now on nothing lingers: what is left leaves as fast as executors ask. */
    public void drain() {
        draining = true;
    }

    /** How many items wait. */
    public int size() {
        return window.size() + overflow.size();
    }

    private Batch.Reason reason(boolean full) {
        if (full) {
            return Batch.Reason.FULL;
        }
        if (draining) {
            return Batch.Reason.DRAIN;
        }
        return policy.lingerNanos() > 0 ? Batch.Reason.LINGER : Batch.Reason.IDLE;
    }

    private Choice choose(Entry<T> oldest) {
        Choice best = fill(oldest, oldest.bucket);
        for (int bucket = oldest.bucket + 1; bucket < buckets.size(); bucket++) {
            if (!buckets.get(bucket).isEmpty()) {
                Choice choice = fill(oldest, bucket);
                best = choice.score() > best.score() ? choice : best;
            }
        }
        return best;
    }

    /** The batch whose longest item is of this bucket: the oldest item, then this bucket and its shorter neighbours. */
    private Choice fill(Entry<T> oldest, int longest) {
        int room = policy.room(longest * policy.lengthMultiple());
        if (room == 1 && longest != oldest.bucket) {
            return new Choice(longest, 0, 0, policy.lengthMultiple());
        }
        int count = 1;
        long tokens = oldest.bucket;
        for (int bucket = longest; bucket > 0 && count < room; bucket--) {
            int there = buckets.get(bucket).size() - (bucket == oldest.bucket ? 1 : 0);
            int taken = Math.min(there, room - count);
            count += taken;
            tokens += (long) taken * bucket;
        }
        return new Choice(longest, count, tokens, policy.lengthMultiple());
    }

    private Batch<T> take(Entry<T> oldest, Choice choice, Batch.Reason reason) {
        List<Entry<T>> chosen = new ArrayList<>(choice.count);
        chosen.add(oldest);
        for (int bucket = choice.bucket; bucket > 0 && chosen.size() < choice.count; bucket--) {
            Iterator<Entry<T>> entries = buckets.get(bucket).iterator();
            while (entries.hasNext() && chosen.size() < choice.count) {
                Entry<T> entry = entries.next();
                if (entry != oldest) {
                    chosen.add(entry);
                }
            }
        }
        chosen.sort(Comparator.comparingInt((Entry<T> e) -> -e.item.tokens()).thenComparingLong(e -> e.sequence));
        List<Item<T>> items = new ArrayList<>(chosen.size());
        int tokens = 0;
        for (Entry<T> entry : chosen) {
            forget(entry);
            deadlines.remove(entry);
            items.add(entry.item);
            tokens += entry.item.tokens();
        }
        refill();
        return new Batch<>(List.copyOf(items), policy.padded(items.get(0).tokens()), tokens, reason);
    }

    private void forget(Entry<T> entry) {
        if (window.remove(entry)) {
            buckets.get(entry.bucket).remove(entry);
        } else {
            overflow.remove(entry);
        }
    }

    private void refill() {
        Iterator<Entry<T>> next = overflow.iterator();
        while (window.size() < policy.lookAhead() && next.hasNext()) {
            Entry<T> entry = next.next();
            next.remove();
            window.add(entry);
            buckets.get(entry.bucket).add(entry);
        }
    }

    /** An item with its place; identity is its equality. */
    private static final class Entry<T> {
        private final Item<T> item;
        private final int bucket;
        private final long sequence;

        Entry(Item<T> item, int bucket, long sequence) {
            this.item = item;
            this.bucket = bucket;
            this.sequence = sequence;
        }
    }

    /** A possible batch: its longest bucket, how many items, and their tokens in units of the length multiple. */
    private record Choice(int bucket, int count, long tokens, int multiple) {
        double score() {
            return (double) (tokens * multiple) / ((long) count * bucket * multiple + CALL_COST);
        }
    }
}
