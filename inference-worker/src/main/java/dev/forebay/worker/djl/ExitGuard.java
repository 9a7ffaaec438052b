package dev.forebay.worker.djl;

import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the process from ending under a native call, which would end in a crash instead of an exit: an exit asked for
 * while the guard is open waits until the work has seen it and has closed the guard. It cannot hold back ONNX Runtime,
 * whose own exit hook runs beside it.
 */
final class ExitGuard implements AutoCloseable {
    private static final long BOUND_SECONDS = 20;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::exit, "exit-guard");
    private volatile boolean exiting;

    private ExitGuard() {}

    static ExitGuard open() {
        ExitGuard guard = new ExitGuard();
        try {
            Runtime.getRuntime().addShutdownHook(guard.hook);
        } catch (IllegalStateException e) {
            guard.exiting = true;
        }
        return guard;
    }

    /** Whether the process is about to end; asked between native calls. */
    boolean exiting() {
        return exiting;
    }

    /** @throws InterruptedIOException where the process is about to end */
    void check() throws InterruptedIOException {
        if (exiting) {
            throw new InterruptedIOException("stopped because the process is ending");
        }
    }

    /** What the hook runs. */
    void exit() {
        exiting = true;
        try {
            closed.await(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!exiting) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the exit began just now; the hook finds the latch open
            }
        }
    }
}
