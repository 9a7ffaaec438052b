package dev.forebay.worker.flow;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lets one element of a key go on at a time; those that come later wait behind it, in the order they came. Elements
 * without a key are free. Holds nothing of a key that is not on its way; safe for use by several threads.
 */
final class KeyOrder<T> {
    private final Map<ByteBuffer, Queue<T>> onTheWay = new HashMap<>();

    /** True where the element may go on; otherwise it is kept, and {@link #ended} will give it. */
    synchronized boolean arrive(byte @Nullable [] key, T element) {
        if (key == null) {
            return true;
        }
        ByteBuffer name = ByteBuffer.wrap(key);
        Queue<T> behind = onTheWay.get(name);
        if (behind == null) {
            onTheWay.put(name, new ArrayDeque<>(0));
            return true;
        }
        behind.add(element);
        return false;
    }

    /** Notes that the element of this key that was on its way has ended; gives the one that goes on now. */
    synchronized @Nullable T ended(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        ByteBuffer name = ByteBuffer.wrap(key);
        Queue<T> behind = onTheWay.get(name);
        if (behind == null) {
            throw new IllegalStateException("nothing of this key was on its way");
        }
        T next = behind.poll();
        if (next == null) {
            onTheWay.remove(name);
        }
        return next;
    }

    /** How many keys are on their way. */
    synchronized int keys() {
        return onTheWay.size();
    }
}
