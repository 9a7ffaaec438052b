package dev.forebay.processors.digest;

import dev.forebay.processors.event.Sha256;
import dev.forebay.processors.event.Shelf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The windows that are not closed, with their texts and the times to look at them, on one shelf:
 *
 * <pre>
 *  'a' due(8) hash(32) id(8)     nothing     the alarm of a window, which tells when to look at it
 *  't' hash(32) id(8) rank(16)   time, text  a text of a window
 *  'w' hash(32) id(8)            the window
 * </pre>
 */
final class OpenWindows {
    private static final byte ALARM = 'a';
    private static final byte TEXT = 't';
    private static final byte WINDOW = 'w';
    private static final byte[] NOTHING = {};
    private static final int NAME_BYTES = Sha256.BYTES + Long.BYTES;

    private final Shelf shelf;

    OpenWindows(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * When to look at a window.
     *
     * @param window of its key on the shelf, without the letter
     */
    @SuppressWarnings("ArrayRecordComponent") // a place on the shelf, never compared
    record Due(long time, byte[] window) {}

    Optional<OpenWindow> find(WindowKey key) {
        return at(name(key));
    }

    Optional<OpenWindow> find(Due due) {
        return at(due.window);
    }

    /** The windows of a group whose id lies between two, both of which belong to it, in the order of the ids. */
    List<OpenWindow> between(Group group, Span ids) {
        byte[] from = key(WINDOW, name(new WindowKey(group, ids.start())));
        byte[] to = key(WINDOW, name(new WindowKey(group, ids.end())));
        return shelf.range(from, to, Integer.MAX_VALUE).stream()
                .map(entry -> WindowJson.read(entry.value()))
                .toList();
    }

    /** Keeps a window whose alarm is set already. */
    void save(OpenWindow window, Instant now) {
        shelf.put(key(WINDOW, name(window.key())), WindowJson.write(window), now);
    }

    /** Keeps a window and sets its alarm. */
    void saveWithAlarm(OpenWindow window, Instant now) {
        save(window, now);
        shelf.put(alarm(window.alarm().due(), name(window.key())), NOTHING, now);
    }

    void removeAlarm(Due due) {
        shelf.remove(alarm(due.time, due.window));
    }

    /** Takes a window away with all that belongs to it, and gives its texts in the order of their ranks. */
    List<KeptText> remove(OpenWindow window) {
        byte[] name = name(window.key());
        List<Shelf.Entry> texts = shelf.range(textKey(name, 0x00), textKey(name, 0xff), Integer.MAX_VALUE);
        texts.forEach(entry -> shelf.remove(entry.key()));
        shelf.remove(alarm(window.alarm().due(), name));
        shelf.remove(key(WINDOW, name));
        return texts.stream().map(OpenWindows::text).toList();
    }

    /** The alarms that are set to times from one to another, both of which belong to it. */
    List<Due> due(long from, long to, int most) {
        return shelf.range(alarm(from, filled(NAME_BYTES, 0x00)), alarm(to, filled(NAME_BYTES, 0xff)), most).stream()
                .map(entry -> new Due(
                        ByteBuffer.wrap(entry.key()).getLong(1),
                        Arrays.copyOfRange(entry.key(), 1 + Long.BYTES, entry.key().length)))
                .toList();
    }

    boolean has(WindowKey key, KeptText text) {
        return shelf.get(textKey(name(key), text.rank())) != null;
    }

    void add(WindowKey key, KeptText text, Instant now) {
        byte[] utf8 = text.text().getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(Long.BYTES + utf8.length)
                .putLong(text.time())
                .put(utf8)
                .array();
        shelf.put(textKey(name(key), text.rank()), value, now);
    }

    /** The text of a window with the highest rank. */
    Optional<KeptText> last(WindowKey key) {
        byte[] name = name(key);
        return shelf.last(textKey(name, 0x00), textKey(name, 0xff)).map(OpenWindows::text);
    }

    void remove(WindowKey key, KeptText text) {
        shelf.remove(textKey(name(key), text.rank()));
    }

    private Optional<OpenWindow> at(byte[] name) {
        return Optional.ofNullable(shelf.get(key(WINDOW, name))).map(WindowJson::read);
    }

    private static KeptText text(Shelf.Entry entry) {
        byte[] rank = Arrays.copyOfRange(entry.key(), 1 + NAME_BYTES, entry.key().length);
        long time = ByteBuffer.wrap(entry.value()).getLong();
        String text = new String(entry.value(), Long.BYTES, entry.value().length - Long.BYTES, StandardCharsets.UTF_8);
        return new KeptText(rank, time, text);
    }

    private static byte[] name(WindowKey key) {
        return ByteBuffer.allocate(NAME_BYTES)
                .put(key.group().hash())
                .putLong(key.id())
                .array();
    }

    private static byte[] alarm(long due, byte[] name) {
        return ByteBuffer.allocate(1 + Long.BYTES + NAME_BYTES)
                .put(ALARM)
                .putLong(due)
                .put(name)
                .array();
    }

    private static byte[] textKey(byte[] name, int filler) {
        return textKey(name, filled(GroupEvent.RANK_BYTES, filler));
    }

    private static byte[] textKey(byte[] name, byte[] rank) {
        return ByteBuffer.allocate(1 + NAME_BYTES + rank.length)
                .put(TEXT)
                .put(name)
                .put(rank)
                .array();
    }

    private static byte[] key(byte kind, byte[] name) {
        return ByteBuffer.allocate(1 + name.length).put(kind).put(name).array();
    }

    private static byte[] filled(int length, int filler) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) filler);
        return bytes;
    }
}
