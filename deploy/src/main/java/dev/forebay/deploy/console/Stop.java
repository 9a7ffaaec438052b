package dev.forebay.deploy.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of a person or a supervisor that the process ends: SIGINT or SIGTERM. A command that has something to close
 * claims it, looks at {@link #requested()} again and again, closes and returns; only then does the process go. Nobody is
 * interrupted: a broker or an engine in the middle of its start would take harm.
 */
public final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean claimed;
    private volatile int exitCode = 1;

    /** A stop that a signal to this process asks for; a second signal ends it at once. */
    public static Stop onSignal() {
        Stop stop = new Stop();
        Signals.handle();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::end, "forebay-stop"));
        return stop;
    }

    /** From now on a signal waits for {@link #finished}. */
    public Stop claim() {
        claimed = true;
        return this;
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    public void request() {
        requested.countDown();
    }

    /** @throws FailedException where a stop was asked for */
    public void check() {
        if (requested()) {
            throw new FailedException("Stopped before the end.");
        }
    }

    /** Waits for the request; true where it came. */
    public boolean await(Duration timeout) {
        try {
            return requested.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Everything is closed and said; the process ends with this code. */
    public void finished(int code) {
        exitCode = code;
        finished.countDown();
    }

    private void end() {
        if (!claimed || finished.getCount() == 0) {
            return;
        }
        requested.countDown();
        try {
            var unused = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // An exit code of our own instead of the signal's, and no native destructor under a call that still runs.
        Runtime.getRuntime().halt(exitCode);
    }
}
