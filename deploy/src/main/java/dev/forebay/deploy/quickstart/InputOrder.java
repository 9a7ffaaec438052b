package dev.forebay.deploy.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes lines in the order of their indexes, whatever order they come in. What has to wait for an earlier one is kept
 * in memory up to a bound, and above that in a scratch file, so that nothing that still comes is ever refused.
 */
final class InputOrder implements AutoCloseable {
    private static final long MAX_BYTES = 64L << 20;

    private final OutputStream out;
    private final ScratchFile scratch;
    private final long maxBytes;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private long next;
    private long bytes;

    /** A line in memory or on disk. */
    @SuppressWarnings("ArrayRecordComponent") // waits for its turn, never compared
    private record Waiting(byte[] line, ScratchFile.Place place) {
        static final byte[] ON_DISK = {};

        boolean onDisk() {
            return line == ON_DISK;
        }
    }

    InputOrder(OutputStream out, ScratchFile scratch) {
        this(out, scratch, MAX_BYTES);
    }

    InputOrder(OutputStream out, ScratchFile scratch, long maxBytes) {
        this.out = out;
        this.scratch = scratch;
        this.maxBytes = maxBytes;
    }

    /** Takes a line; false where one with this index came before, which then counts. */
    boolean add(long index, byte[] line) throws IOException {
        if (index < next || waiting.containsKey(index)) {
            return false;
        }
        if (index == next) {
            write(line);
            writeFollowers();
        } else if (bytes + line.length <= maxBytes) {
            waiting.put(index, new Waiting(line, ScratchFile.Place.NONE));
            bytes += line.length;
        } else {
            waiting.put(index, new Waiting(Waiting.ON_DISK, scratch.append(line)));
        }
        return true;
    }

    /** Makes what was written visible to others. */
    void flush() throws IOException {
        out.flush();
    }

    /** How many lines wait for an earlier one. */
    int waiting() {
        return waiting.size();
    }

    private void writeFollowers() throws IOException {
        for (Waiting ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            if (ready.onDisk()) {
                write(scratch.read(ready.place()));
            } else {
                bytes -= ready.line().length;
                write(ready.line());
            }
        }
        if (waiting.isEmpty()) {
            scratch.clear();
        }
    }

    private void write(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
        next++;
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            scratch.close();
        }
    }
}
