package dev.forebay.deploy.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxied connection: bytes read and not yet due wait here, at most {@link #ROOM} of them; while it is
 * full nothing more is read, so the sender feels the slowness as it would on a real network.
 */
final class ProxyPipe {
    private static final int ROOM = 1 << 20;
    private static final int READ = 16 * 1024;

    private record Piece(ByteBuffer bytes, long dueNanos) {}

    private final SocketChannel from;
    private final SocketChannel to;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final KafkaFrames frames = new KafkaFrames();
    private @Nullable ByteBuffer stopped;
    private int held;
    private long passed;
    private long freeAtNanos;
    private boolean ended;

    ProxyPipe(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Moves what can be moved now. False when the connection has to be closed.
     *
     * @param heldApis kinds of Kafka requests that stop this direction at the first of them
     */
    boolean move(Toxic toxic, Set<Short> heldApis, long now) throws IOException {
        if (stopped != null) {
            ByteBuffer rest = stopped;
            stopped = null;
            pass(rest, toxic, heldApis, now);
        }
        while (!ended && stopped == null && held < ROOM) {
            ByteBuffer buffer = ByteBuffer.allocate(toxic.sliceBytes() > 0 ? toxic.sliceBytes() : READ);
            int read = from.read(buffer);
            if (read < 0) {
                ended = true;
            }
            if (read <= 0) {
                break;
            }
            if (!toxic.blackHole()) {
                pass(buffer.flip(), toxic, heldApis, now);
            }
        }
        return deliver(toxic, now);
    }

    /** Whether a held request is the next thing here. */
    boolean isStopped() {
        return stopped != null;
    }

    private void pass(ByteBuffer bytes, Toxic toxic, Set<Short> heldApis, long now) {
        int count = frames.passable(bytes, heldApis);
        ByteBuffer rest = bytes.slice(bytes.position() + count, bytes.remaining() - count);
        if (count > 0) {
            take(bytes.slice(bytes.position(), count), toxic, now);
        }
        if (rest.hasRemaining()) {
            stopped = rest;
        }
    }

    private void take(ByteBuffer bytes, Toxic toxic, long now) {
        int size = bytes.remaining();
        long at = toxic.corruptAt() - passed - held;
        if (toxic.corruptAt() >= 0 && at >= 0 && at < size) {
            bytes.put((int) at, (byte) ~bytes.get((int) at));
        }
        long start = Math.max(now, freeAtNanos);
        long sending = toxic.bytesPerSecond() > 0 ? size * 1_000_000_000L / toxic.bytesPerSecond() : 0;
        // A slow line delays piece after piece; mere latency delays all alike.
        long gap = toxic.sliceBytes() > 0 ? toxic.latencyMillis() * 1_000_000 : 0;
        freeAtNanos = start + sending + gap;
        waiting.add(new Piece(bytes, gap > 0 ? freeAtNanos : freeAtNanos + toxic.latencyMillis() * 1_000_000));
        held += size;
    }

    private boolean deliver(Toxic toxic, long now) throws IOException {
        while (!waiting.isEmpty() && waiting.element().dueNanos() <= now) {
            ByteBuffer bytes = waiting.element().bytes();
            if (toxic.cutAfterBytes() >= 0) {
                long left = toxic.cutAfterBytes() - passed;
                bytes.limit((int) Math.min(bytes.limit(), bytes.position() + Math.max(0, left)));
            }
            int written = to.write(bytes);
            passed += written;
            held -= written;
            if (toxic.cutAfterBytes() >= 0 && passed >= toxic.cutAfterBytes()) {
                return false;
            }
            if (bytes.hasRemaining()) {
                return true; // the receiver is slow
            }
            waiting.remove();
        }
        return !ended || !waiting.isEmpty();
    }
}
