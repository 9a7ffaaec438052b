package dev.forebay.processors.count;

import dev.forebay.processors.count.CountEvent.Kind;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of a tenant's task for one window.
 *
 * @param start in milliseconds since 1970, as all times here
 * @param until when it is over
 */
record CountWindow(Subject subject, long start, long until, Counts counts, State state) {
    /** More names than any task has labels; what comes beyond is counted as one. */
    private static final int MOST_NAMES = 1_000;

    private static final String OTHERS = "(others)";

    /**
     * @param labels of the answers that have one
     * @param codes of the rejections
     */
    record Counts(long answers, long reviewed, SortedMap<String, Long> labels, SortedMap<String, Long> codes) {
        static final Counts NOTHING = new Counts(0, 0, new TreeMap<>(), new TreeMap<>());

        Counts and(Kind kind, String name) {
            return switch (kind) {
                case ANSWER -> new Counts(answers + 1, reviewed, name.isEmpty() ? labels : plus(labels, name), codes);
                case REVIEW -> new Counts(answers, reviewed + 1, labels, codes);
                case REJECTION -> new Counts(answers, reviewed, labels, plus(codes, name));
            };
        }

        private static SortedMap<String, Long> plus(SortedMap<String, Long> counts, String name) {
            SortedMap<String, Long> all = new TreeMap<>(counts);
            all.merge(all.containsKey(name) || all.size() < MOST_NAMES ? name : OTHERS, 1L, Long::sum);
            return all;
        }
    }

    /**
     * @param arrived when something came for it last
     * @param due when to look at it
     * @param told whether the counts have been written as they are
     */
    record State(long arrived, long due, boolean told) {}

    CountWindow with(Counts other) {
        return new CountWindow(subject, start, until, other, state);
    }

    CountWindow with(State other) {
        return new CountWindow(subject, start, until, counts, other);
    }
}
