package dev.forebay.worker.flow;

import dev.forebay.worker.reuse.ContentKey;
import dev.forebay.worker.reuse.Flights;
import org.jspecify.annotations.Nullable;

/**
 * One text of a request, as the place that its outcome goes to.
 *
 * @param key null where the task wants no re-use
 */
record Slot(Assembly assembly, int index, @Nullable ContentKey key) implements Flights.Waiter {
    String text() {
        return assembly.texts().get(index);
    }

    @Override
    public long deadlineNanos() {
        return assembly.deadlineNanos();
    }

    @Override
    public boolean ended() {
        return assembly.ended();
    }
}
