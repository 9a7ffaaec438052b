package dev.forebay.connectors.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of a stream that is in memory: what was read and not yet passed. Framings look at {@link #bytes} between
 * {@link #start} and {@link #end} themselves, so that scanning costs no call per byte.
 */
final class ByteWindow implements Closeable {
    static final int BLOCK = 128 * 1024;

    private final InputStream in;
    private final int capacity;
    private byte[] bytes;
    private int start;
    private int end;
    private boolean ended;

    /**
     * @param span the longest run of bytes that anyone needs to see at once
     */
    ByteWindow(InputStream in, int span) {
        this.in = in;
        this.capacity = Math.addExact(span, BLOCK);
        this.bytes = new byte[Math.min(2 * BLOCK, capacity)];
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int size() {
        return end - start;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    byte[] copy(int length) {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    boolean startsWith(byte[] prefix) {
        return size() >= prefix.length && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    /** The distance from the start to the first line feed at or after an index; -1 where there is none. */
    int lineFeed(int from) {
        byte[] scanned = bytes;
        for (int at = start + from; at < end; at++) {
            if (scanned[at] == '\n') {
                return at - start;
            }
        }
        return -1;
    }

    void pass(int length) {
        start += length;
    }

    /** Reads a block more behind what is there, which may move within {@link #bytes}; false at the end of the stream. */
    boolean more() throws IOException {
        if (ended) {
            return false;
        }
        makeRoom();
        int read = in.read(bytes, end, Math.min(BLOCK, bytes.length - end));
        ended = read < 0;
        end += Math.max(read, 0);
        return !ended;
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (end < bytes.length) {
            return;
        }
        int size = size();
        boolean crowded = size > bytes.length / 2 && bytes.length < capacity;
        byte[] room = crowded ? new byte[(int) Math.min(2L * bytes.length, capacity)] : bytes;
        System.arraycopy(bytes, start, room, 0, size);
        bytes = room;
        start = 0;
        end = size;
        if (end == bytes.length) {
            throw new IllegalStateException("a window of " + capacity + " bytes is full");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
