package dev.forebay.worker.djl;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls that are inside a native resource, so that it is never freed under one of them: that would bring the
 * process down.
 */
final class Leases {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int inside;
    private boolean closed;

    /** Enters; every lease has to be closed. */
    Lease take() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            inside++;
            return this::giveBack;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses new leases and waits for those that are out; only the first caller gets {@link Closing#IDLE}, so only one
     * frees the resource.
     */
    Closing close(Duration bound) {
        lock.lock();
        try {
            if (closed) {
                return Closing.CLOSED_BEFORE;
            }
            closed = true;
            long left = bound.toNanos();
            while (inside > 0 && left > 0) {
                left = awaitIdle(left);
            }
            return inside == 0 ? Closing.IDLE : Closing.BUSY;
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt does not shorten the wait: freeing under a call is worse than being late. */
    private long awaitIdle(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    boolean signalled = idle.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return signalled ? until - System.nanoTime() : 0;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveBack() {
        lock.lock();
        try {
            if (--inside == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How a close ended. */
    enum Closing {
        IDLE,
        /** Some lease was still out after the bound. */
        BUSY,
        CLOSED_BEFORE
    }

    /** The right to be inside. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
