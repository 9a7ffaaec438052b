package dev.forebay.processors.count;

import dev.forebay.processors.event.RequestKey;
import dev.forebay.processors.event.Shelf;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
    private static final byte ALARM = 'a';
    private static final byte WINDOW = 'w';
    private static final byte[] NOTHING = {};
    private static final int SUBJECT_BYTES = 32;
    private static final int NAME_BYTES = SUBJECT_BYTES + Long.BYTES;

    private final Shelf shelf;

    CountWindows(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * When to look at a window.
     *
     * @param window of its key on the shelf, without the letter
     */
    @SuppressWarnings("ArrayRecordComponent") // a place on the shelf, never compared
    record Due(long time, byte[] window) {}

    Optional<CountWindow> find(Subject subject, long start) {
        return at(name(subject, start));
    }

    Optional<CountWindow> find(Due due) {
        return at(due.window);
    }

    /** Keeps a window whose alarm is set already. */
    void save(CountWindow window, Instant now) {
        shelf.put(key(name(window.subject(), window.start())), CountJson.window(window), now);
    }

    /** Keeps a window and sets its alarm. */
    void saveWithAlarm(CountWindow window, Instant now) {
        save(window, now);
        shelf.put(alarm(window.state().due(), name(window.subject(), window.start())), NOTHING, now);
    }

    void removeAlarm(CountWindow window) {
        shelf.remove(alarm(window.state().due(), name(window.subject(), window.start())));
    }

    void removeAlarm(Due due) {
        shelf.remove(alarm(due.time, due.window));
    }

    void remove(CountWindow window) {
        shelf.remove(key(name(window.subject(), window.start())));
    }

    /** The alarms that are set to times from one to another, both of which belong to it. */
    List<Due> due(long from, long to, int most) {
        return shelf.range(alarm(from, filled(0x00)), alarm(to, filled(0xff)), most).stream()
                .map(entry -> new Due(
                        ByteBuffer.wrap(entry.key()).getLong(1),
                        Arrays.copyOfRange(entry.key(), 1 + Long.BYTES, entry.key().length)))
                .toList();
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

    private static byte[] alarm(long due, byte[] name) {
        return ByteBuffer.allocate(1 + Long.BYTES + NAME_BYTES)
                .put(ALARM)
                .putLong(due)
                .put(name)
                .array();
    }

    private static byte[] filled(int filler) {
        byte[] bytes = new byte[NAME_BYTES];
        Arrays.fill(bytes, (byte) filler);
        return bytes;
    }
}
