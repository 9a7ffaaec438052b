package dev.forebay.processors;

/**
 * What ended a thread of a topology, and what is to be done about it.
 *
 * @param what in the words of logs and health, {@code a right: Not authorized to access topics: [a]}
 */
record Fault(Answer answer, String what) {
    enum Answer {
        /** Passes by itself: wait and try again. */
        PASSES,
        /** Passes when somebody has mended the cluster: say so, wait and try again. */
        NEEDS_SOMEBODY,
        /** Passes no more in this process. */
        ENDS
    }
}
