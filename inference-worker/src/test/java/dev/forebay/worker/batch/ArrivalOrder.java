package dev.forebay.worker.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The baseline that most consumers are: so many items at a time as they came, padded to the longest of them. */
final class ArrivalOrder<T> implements Plan<T> {
    private final BatchPolicy policy;
    private final Queue<Item<T>> waiting = new ArrayDeque<>();

    ArrivalOrder(BatchPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void offer(Item<T> item) {
        waiting.add(item);
    }

    @Override
    public Batch<T> poll() {
        List<Item<T>> items = new ArrayList<>(policy.maxCount());
        int longest = 1;
        int tokens = 0;
        while (items.size() < policy.maxCount() && !waiting.isEmpty()) {
            Item<T> item = waiting.remove();
            items.add(item);
            longest = Math.max(longest, item.tokens());
            tokens += item.tokens();
        }
        return new Batch<>(items, policy.padded(longest), tokens, Batch.Reason.FULL);
    }
}
