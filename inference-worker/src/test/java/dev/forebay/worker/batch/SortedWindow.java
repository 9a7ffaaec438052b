package dev.forebay.worker.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;

/** The baseline of length sorting: the oldest 64 items are sorted and cut into batches within the budget. */
final class SortedWindow<T> implements Plan<T> {
    private static final int WINDOW = 64;

    private final BatchPolicy policy;
    private final Queue<Item<T>> waiting = new ArrayDeque<>();
    private final Deque<Item<T>> sorted = new ArrayDeque<>();

    SortedWindow(BatchPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void offer(Item<T> item) {
        waiting.add(item);
    }

    @Override
    public Batch<T> poll() {
        if (sorted.isEmpty()) {
            List<Item<T>> window = new ArrayList<>(WINDOW);
            while (window.size() < WINDOW && !waiting.isEmpty()) {
                window.add(waiting.remove());
            }
            window.sort(Comparator.comparingInt((Item<T> item) -> -item.tokens()));
            sorted.addAll(window);
        }
        int longest = policy.padded(sorted.element().tokens());
        int room = Math.max(1, Math.min(policy.maxCount(), policy.maxPaddedTokens() / longest));
        List<Item<T>> items = new ArrayList<>(room);
        int tokens = 0;
        while (items.size() < room && !sorted.isEmpty()) {
            Item<T> item = sorted.remove();
            items.add(item);
            tokens += item.tokens();
        }
        return new Batch<>(items, longest, tokens, Batch.Reason.FULL);
    }
}
