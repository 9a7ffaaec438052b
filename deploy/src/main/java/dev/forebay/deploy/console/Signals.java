package dev.forebay.deploy.console;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in an orderly way at the first SIGINT or SIGTERM, and at once at the second. The JVM itself does not
 * listen any more once it shuts down. Where it has no signals to handle, its own way remains.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int SIGNALLED = 128;
    /** Whoever signals all processes of a group reaches this one directly and through its launcher: that is one signal. */
    private static final long SAME_SIGNAL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final AtomicLong first = new AtomicLong();

    private Signals() {}

    static void handle() {
        Signals signals = new Signals();
        signals.handle("INT", SIGNALLED + 2);
        signals.handle("TERM", SIGNALLED + 15);
    }

    /** By reflection: the compiler warns of these classes, which every JDK from 9 to 25 has all the same. */
    private void handle(String name, int exitCode) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        received(exitCode);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            LOG.debug("signal_not_handled name={} cause={}", name, e.toString());
        }
    }

    private void received(int exitCode) {
        long now = System.nanoTime();
        if (first.compareAndSet(0, now)) {
            // This thread has to be free for the second signal.
            new Thread(() -> System.exit(exitCode), "forebay-exit").start();
        } else if (now - first.get() > SAME_SIGNAL_NANOS) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
