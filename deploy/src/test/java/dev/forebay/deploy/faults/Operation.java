package dev.forebay.deploy.faults;

/**
 * A line of the history. {@code INFO} is an outcome that nobody knows, a send without an answer: it may have happened or
 * not, and both are right.
 *
 * @param nanos on the monotonic clock of the process that ran the faults
 * @param op {@code send}, {@code terminal}, {@code fault}, {@code heal}
 * @param requestId empty for faults, whose name stands in {@code key}
 */
record Operation(
        long nanos,
        String actor,
        String op,
        String requestId,
        String key,
        String topic,
        int partition,
        long offset,
        Status status) {
    enum Status {
        OK,
        FAIL,
        INFO
    }

    static Operation fault(long nanos, String name) {
        return new Operation(nanos, "nemesis", "fault", "", name, "", -1, -1, Status.INFO);
    }

    static Operation heal(long nanos, String name) {
        return new Operation(nanos, "nemesis", "heal", "", name, "", -1, -1, Status.INFO);
    }

    boolean is(String name) {
        return op.equals(name);
    }
}
