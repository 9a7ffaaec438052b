package dev.forebay.processors.retrieve;

import org.apache.lucene.index.ConcurrentMergeScheduler;

/** Merges segments in threads of its own; where it cannot keep up, merges wait and never those who write or search. */
final class PatientMergeScheduler extends ConcurrentMergeScheduler {
    private static final int THREADS = 1;
    private static final int MOST_MERGES = 2;

    PatientMergeScheduler() {
        setMaxMergesAndThreads(MOST_MERGES, THREADS);
        disableAutoIOThrottle();
    }

    /** False for one merge more than there may be: it is asked for again when another ends. */
    @Override
    protected synchronized boolean maybeStall(MergeSource merges) {
        return mergeThreadCount() < getMaxMergeCount();
    }
}
