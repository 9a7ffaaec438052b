package dev.forebay.worker;

import dev.forebay.worker.consume.PollLoop;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The thread that owns the consumer: it turns the loop until it is told to stop or something failed, then drains. */
final class PollThread implements AutoCloseable {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(20);
    /** Where nothing is in flight there is nothing to settle, to commit or to expire, and a record ends the poll anyway. */
    private static final Duration IDLE_POLL_TIMEOUT = Duration.ofMillis(250);

    private static final long ROOM_CHECK_NANOS = 2_000_000;

    private final PollLoop loop;
    private final AutoCloseable consumer;
    private final Runnable expireWaiting;
    private final Runnable giveUp;
    private final Duration drainTimeout;
    private final Failure failure;
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param giveUp run where the drain timeout has run out, before the last commit
     * @param failure shared by all threads of a worker; once there, nothing is drained: what is in flight is read again
     */
    PollThread(Reading.Reader reader, Runnable expireWaiting, Runnable giveUp, Duration drainTimeout, Failure failure) {
        this.loop = reader.loop();
        this.consumer = reader.consumer();
        this.expireWaiting = expireWaiting;
        this.giveUp = giveUp;
        this.drainTimeout = drainTimeout;
        this.failure = failure;
        this.thread = new Thread(this::run, "forebay-poll-" + reader.role());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From now on nothing is read; what is in flight is drained. */
    void stopReading() {
        stopping = true;
    }

    /** Drains, commits and closes the consumer. */
    @Override
    public void close() {
        stopReading();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stopping && !failure.isThere()) {
                turn();
            }
            loop.stopReading();
            long end = System.nanoTime() + drainTimeout.toNanos();
            while (!failure.isThere() && !loop.idle() && System.nanoTime() - end < 0) {
                turn();
            }
            if (!loop.idle()) {
                giveUp.run();
            }
            loop.commitNow();
        } catch (Exception | Error e) {
            failure.report(e);
        }
    }

    private void turn() {
        if (loop.waitsForRoom()) {
            // A consumer whose partitions are paused spins through its poll's timeout on the records it has buffered.
            waitForRoom();
            loop.turn(Duration.ZERO);
        } else {
            loop.turn(loop.idle() ? IDLE_POLL_TIMEOUT : POLL_TIMEOUT);
        }
        expireWaiting.run();
    }

    private void waitForRoom() {
        long end = System.nanoTime() + POLL_TIMEOUT.toNanos();
        while (loop.waitsForRoom() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(ROOM_CHECK_NANOS);
        }
    }
}
