package dev.forebay.deploy.faults;

/**
 * What a {@link ChaosProxy} does to what flows in one direction. The default of each part does nothing.
 *
 * @param latencyMillis how late each piece arrives
 * @param bytesPerSecond 0 for no limit
 * @param sliceBytes at most this many at once, 0 for no limit
 * @param cutAfterBytes the connection is closed when so many have passed, negative for never
 * @param corruptAt the byte, from 0, of a connection whose bits are inverted, negative for none
 * @param blackHole what is sent is taken and never arrives
 */
record Toxic(
        long latencyMillis,
        long bytesPerSecond,
        int sliceBytes,
        long cutAfterBytes,
        long corruptAt,
        boolean blackHole) {
    static final Toxic NONE = new Toxic(0, 0, 0, -1, -1, false);

    static Toxic latency(long millis) {
        return new Toxic(millis, 0, 0, -1, -1, false);
    }

    static Toxic bandwidth(long bytesPerSecond) {
        return new Toxic(0, bytesPerSecond, 0, -1, -1, false);
    }

    /** Both together. */
    static Toxic line(long latencyMillis, long bytesPerSecond) {
        return new Toxic(latencyMillis, bytesPerSecond, 0, -1, -1, false);
    }

    static Toxic slow(int sliceBytes, long millis) {
        return new Toxic(millis, 0, sliceBytes, -1, -1, false);
    }

    static Toxic cutAfter(long bytes) {
        return new Toxic(0, 0, 0, bytes, -1, false);
    }

    static Toxic corrupt(long at) {
        return new Toxic(0, 0, 0, -1, at, false);
    }

    static Toxic swallow() {
        return new Toxic(0, 0, 0, -1, -1, true);
    }
}
