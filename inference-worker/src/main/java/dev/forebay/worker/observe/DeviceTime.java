package dev.forebay.worker.observe;

import java.util.function.LongSupplier;

/**
 * How executors spend their time: in the model, or outside of it although something waits. Exact to the nanosecond for
 * any number of executors, because it adds up at every change instead of sampling.
 */
final class DeviceTime {
    private final int executors;
    private final LongSupplier nanoClock;
    private long since;
    private int running;
    private boolean waiting;
    private long busy;
    private long idleWaiting;
    private long withWaiting;

    DeviceTime(int executors, LongSupplier nanoClock) {
        this.executors = executors;
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    /** @param items how many wait now */
    synchronized void waiting(int items) {
        if (waiting != items > 0) {
            advance();
            waiting = items > 0;
        }
    }

    synchronized void began() {
        advance();
        running++;
    }

    synchronized void ended() {
        advance();
        running--;
    }

    /** The totals up to now, what has not ended included. */
    synchronized Spent spent() {
        advance();
        return new Spent(busy, idleWaiting, withWaiting);
    }

    private void advance() {
        long now = nanoClock.getAsLong();
        long passed = now - since;
        since = now;
        busy += passed * running;
        if (waiting) {
            withWaiting += passed * executors;
            idleWaiting += passed * Math.max(0, executors - running);
        }
    }

    /**
     * Nanoseconds, summed over executors.
     *
     * @param busy in the model
     * @param idleWaiting outside the model while something waited
     * @param withWaiting all the time while something waited
     */
    record Spent(long busy, long idleWaiting, long withWaiting) {}
}
