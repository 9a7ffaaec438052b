package dev.forebay.worker.consume;

import java.util.TreeSet;

/** The baseline of the watermark: the offsets in flight as a sorted set. */
final class SetOfOffsets {
    private final TreeSet<Long> inFlight = new TreeSet<>();
    private long position;

    void track(long offset) {
        inFlight.add(offset);
        position = offset + 1;
    }

    void done(long offset) {
        inFlight.remove(offset);
    }

    long committable() {
        return inFlight.isEmpty() ? position : inFlight.first();
    }
}
