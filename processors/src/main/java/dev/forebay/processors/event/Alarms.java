package dev.forebay.processors.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * When to look at what lies on a shelf, by names of equal length, as entries of the same shelf: {@code 'a' due(8) name}. Not
 * for use by several threads.
 */
public final class Alarms {
    private static final byte ALARM = 'a';
    private static final byte[] NOTHING = {};
    private static final int MOST = 5_000;

    private final Shelf shelf;
    private final int nameBytes;
    /** INVARIANT: no alarm is set to an earlier time; what was taken off before it need not be passed over again. */
    private long lookedUntil;

    public Alarms(Shelf shelf, int nameBytes) {
        this.shelf = shelf;
        this.nameBytes = nameBytes;
    }

    /**
     * One that is due.
     *
     * @param time in milliseconds since 1970, as all times here
     */
    @SuppressWarnings("ArrayRecordComponent") // a place on the shelf, never compared
    public record Alarm(long time, byte[] name) {}

    public void set(long due, byte[] name, Instant now) {
        lookedUntil = Math.min(lookedUntil, due);
        shelf.put(key(due, name), NOTHING, now);
    }

    public void remove(long due, byte[] name) {
        shelf.remove(key(due, name));
    }

    /** Takes off what is due, the earliest first, and has it looked at, until that is enough. */
    public void ring(Instant now, BooleanSupplier enough, Consumer<Alarm> look) {
        long millis = now.toEpochMilli();
        if (millis < lookedUntil) {
            // The clock was set back.
            lookedUntil = 0;
        }
        List<Alarm> alarms = due(millis);
        for (Alarm alarm : alarms) {
            lookedUntil = alarm.time;
            if (enough.getAsBoolean()) {
                return;
            }
            remove(alarm.time, alarm.name);
            look.accept(alarm);
        }
        if (alarms.size() < MOST) {
            lookedUntil = millis;
        }
    }

    private List<Alarm> due(long until) {
        return shelf.range(key(lookedUntil, filled(0x00)), key(until, filled(0xff)), MOST).stream()
                .map(Shelf.Entry::key)
                .map(key ->
                        new Alarm(ByteBuffer.wrap(key).getLong(1), Arrays.copyOfRange(key, 1 + Long.BYTES, key.length)))
                .toList();
    }

    private byte[] filled(int filler) {
        byte[] name = new byte[nameBytes];
        Arrays.fill(name, (byte) filler);
        return name;
    }

    private static byte[] key(long due, byte[] name) {
        return ByteBuffer.allocate(1 + Long.BYTES + name.length)
                .put(ALARM)
                .putLong(due)
                .put(name)
                .array();
    }
}
