package dev.forebay.processors.count;

import dev.forebay.processors.event.Alarms;
import dev.forebay.processors.event.Alarms.Alarm;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.processors.event.Shelf;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The windows that are counted in, and those that may still have to be corrected, with the times to look at them, on one
 * shelf:
 *
 * <pre>
 *  'a' due(8) subject(32) start(8)     nothing     when to look at a window
 *  'w' subject(32) start(8)            the window
 * </pre>
 */
final class CountWindows {
    private static final byte WINDOW = 'w';
    private static final int SUBJECT_BYTES = 32;
    private static final int NAME_BYTES = SUBJECT_BYTES + Long.BYTES;

    private final Shelf shelf;
    private final Alarms alarms;

    CountWindows(Shelf shelf) {
        this.shelf = shelf;
        this.alarms = new Alarms(shelf, NAME_BYTES);
    }

    Optional<CountWindow> find(Subject subject, long start) {
        return at(name(subject, start));
    }

    Optional<CountWindow> find(Alarm alarm) {
        return at(alarm.name());
    }

    /** Keeps a window whose alarm is set already. */
    void save(CountWindow window, Instant now) {
        shelf.put(key(name(window.subject(), window.start())), CountJson.window(window), now);
    }

    /** Keeps a window and sets its alarm. */
    void saveWithAlarm(CountWindow window, Instant now) {
        save(window, now);
        alarms.set(window.state().due(), name(window.subject(), window.start()), now);
    }

    void removeAlarm(CountWindow window) {
        alarms.remove(window.state().due(), name(window.subject(), window.start()));
    }

    void ring(Instant now, BooleanSupplier enough, Consumer<Alarm> look) {
        alarms.ring(now, enough, look);
    }

    void remove(CountWindow window) {
        shelf.remove(key(name(window.subject(), window.start())));
    }

    private Optional<CountWindow> at(byte[] name) {
        return Optional.ofNullable(shelf.get(key(name))).map(CountJson::window);
    }

    private static byte[] name(Subject subject, long start) {
        return ByteBuffer.allocate(NAME_BYTES)
                .put(RequestKey.of(subject.tenant(), subject.task()))
                .putLong(start)
                .array();
    }

    private static byte[] key(byte[] name) {
        return ByteBuffer.allocate(1 + NAME_BYTES).put(WINDOW).put(name).array();
    }
}
