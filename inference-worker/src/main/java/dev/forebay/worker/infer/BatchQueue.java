package dev.forebay.worker.infer;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.batch.Decision;
import dev.forebay.worker.batch.Item;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Batcher} between threads: tokenizers offer, executors take. It never refuses an item; what bounds it is the
 * worker's bound on what is in flight.
 */
public final class BatchQueue<T> {
    /** The longest time between two looks at the deadlines. */
    private static final long EXPIRY_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Batcher<T> batcher;
    private final LongSupplier nanoClock;
    private final Consumer<T> expired;
    private final IntConsumer waiting;
    private boolean closed;

    /**
     * @param expired told of every item whose deadline passed before it found a batch; called without the lock held
     * @param waiting told how many items wait whenever that may have changed; called with the lock held, so in order
     */
    public BatchQueue(Batcher<T> batcher, LongSupplier nanoClock, Consumer<T> expired, IntConsumer waiting) {
        this.batcher = batcher;
        this.nanoClock = nanoClock;
        this.expired = expired;
        this.waiting = waiting;
    }

    public void offer(List<Item<T>> items) {
        offer(items, batcher::offer);
    }

    /** The same for items each of which gets a batch to itself. */
    public void offerAlone(List<Item<T>> items) {
        offer(items, batcher::offerAlone);
    }

    private void offer(List<Item<T>> items, Consumer<Item<T>> how) {
        lock.lock();
        try {
            items.forEach(how);
            waiting.accept(batcher.size());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next batch; null when the queue was closed. */
    public @Nullable Batch<T> take() throws InterruptedException {
        while (true) {
            List<Item<T>> gone;
            Batch<T> batch = null;
            boolean ended;
            lock.lockInterruptibly();
            try {
                long now = nanoClock.getAsLong();
                gone = batcher.expire(now);
                ended = closed;
                if (!ended) {
                    Decision<T> decision = batcher.poll(now);
                    waiting.accept(batcher.size());
                    if (decision instanceof Decision.Run<T> run) {
                        batch = run.batch();
                    } else if (gone.isEmpty() && batcher.size() == 0) {
                        changed.await();
                    } else if (gone.isEmpty()) {
                        long nanos = ((Decision.Wait<T>) decision).nanos();
                        // how long it really was does not matter: the next turn asks again
                        var unused = changed.awaitNanos(Math.min(nanos, EXPIRY_CHECK_NANOS));
                    }
                }
            } finally {
                lock.unlock();
            }
            tell(gone);
            if (batch != null || ended) {
                return batch;
            }
        }
    }

    /** The next batch if one should run now; null otherwise. */
    public @Nullable Batch<T> poll() {
        List<Item<T>> gone;
        Batch<T> batch;
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            gone = batcher.expire(now);
            batch = batcher.poll(now).fold(Decision.Run::batch, wait -> null);
            waiting.accept(batcher.size());
        } finally {
            lock.unlock();
        }
        tell(gone);
        return batch;
    }

    /** Takes out what has expired, also while every executor is busy. */
    public void expire() {
        List<Item<T>> gone;
        lock.lock();
        try {
            gone = batcher.expire(nanoClock.getAsLong());
            waiting.accept(batcher.size());
        } finally {
            lock.unlock();
        }
        tell(gone);
    }

    private void tell(List<Item<T>> gone) {
        gone.forEach(item -> expired.accept(item.payload()));
    }

    public int size() {
        lock.lock();
        try {
            return batcher.size();
        } finally {
            lock.unlock();
        }
    }

    /** From now on batches keep to this bound on their padded tokens. */
    public void budget(int paddedTokens) {
        lock.lock();
        try {
            batcher.budget(paddedTokens);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long the oldest waiting item has been in the worker; 0 where none waits. */
    public long oldestAgeNanos() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            return now - batcher.oldestArrivalNanos().orElse(now);
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing lingers. */
    public void drain() {
        lock.lock();
        try {
            batcher.drain();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #take}; what still waits is given up, unacknowledged. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
