package dev.forebay.worker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first fault that ends a worker, shared by its threads. INVARIANT: nothing is committed past the record at fault,
 * because its ticket never comes back.
 */
final class Failure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    void report(Throwable cause) {
        first.compareAndSet(null, cause);
    }

    boolean isThere() {
        return first.get() != null;
    }

    Optional<Throwable> cause() {
        return Optional.ofNullable(first.get());
    }
}
