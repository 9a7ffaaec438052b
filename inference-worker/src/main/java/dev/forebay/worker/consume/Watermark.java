package dev.forebay.worker.consume;

import java.util.Arrays;

/**
 * The offset below which every record of one partition is done, where records are done in any order. A ring of the
 * tracked offsets; not of integers, because compaction and transactions leave gaps.
 */
final class Watermark {
    private long[] offsets = new long[64];
    private boolean[] done = new boolean[64];
    private int head;
    private int size;
    private long position;

    /** @param position the offset that the next record will have at least */
    Watermark(long position) {
        this.position = position;
    }

    /**
     * Adds the next record that was read.
     *
     * @throws IllegalArgumentException where offsets do not rise
     */
    void track(long offset) {
        if (offset < position) {
            throw new IllegalArgumentException("offset " + offset + " after position " + position);
        }
        if (size == offsets.length) {
            grow();
        }
        int slot = slot(size++);
        offsets[slot] = offset;
        done[slot] = false;
        position = offset + 1;
    }

    /** Moves the position over offsets that hold no records. */
    void moveTo(long next) {
        position = Math.max(position, next);
    }

    /**
     * Marks a tracked record as done; again is harmless.
     *
     * @return true where the committable offset moved
     */
    boolean done(long offset) {
        int index = indexOf(offset);
        if (index < 0) {
            return false;
        }
        done[slot(index)] = true;
        boolean moved = false;
        while (size > 0 && done[head]) {
            head = (head + 1) & (offsets.length - 1);
            size--;
            moved = true;
        }
        return moved;
    }

    /** The offset to commit: that of the first record that is not done, or the position where all are. */
    long committable() {
        return size > 0 ? offsets[head] : position;
    }

    /** The offset where reading goes on. */
    long position() {
        return position;
    }

    /** How many records are tracked from the first that is not done. */
    int span() {
        return size;
    }

    private int indexOf(long offset) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = offsets[slot(middle)];
            if (found == offset) {
                return middle;
            }
            if (found < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int slot(int index) {
        return (head + index) & (offsets.length - 1);
    }

    private void grow() {
        long[] moreOffsets = Arrays.copyOf(rotated(), size * 2);
        boolean[] moreDone = new boolean[size * 2];
        for (int i = 0; i < size; i++) {
            moreDone[i] = done[slot(i)];
        }
        offsets = moreOffsets;
        done = moreDone;
        head = 0;
    }

    private long[] rotated() {
        long[] inOrder = new long[size];
        for (int i = 0; i < size; i++) {
            inOrder[i] = offsets[slot(i)];
        }
        return inOrder;
    }
}
