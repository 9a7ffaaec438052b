package dev.forebay.worker.state;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process that was there before this one, as whoever started both saw it end.
 *
 * @param status its exit status; 128 and the number of the signal where one ended it
 */
record PastLife(long pid, int status) {
    /** ILL, ABRT, BUS, FPE, SEGV. Not KILL, with which others end a process. */
    private static final Set<Integer> CRASHES = Set.of(132, 134, 135, 136, 139);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(\\d{1,3})");
    private static final PastLife UNKNOWN = new PastLife(0, 0);

    /**
     * Reads {@code PID:STATUS}.
     *
     * @param told null or empty where nothing is known
     */
    static PastLife read(@Nullable String told) {
        if (told == null || told.isEmpty()) {
            return UNKNOWN;
        }
        Matcher form = FORM.matcher(told);
        if (!form.matches()) {
            throw new IllegalArgumentException("the last process is not PID:STATUS but " + told);
        }
        return new PastLife(Long.parseLong(form.group(1)), Integer.parseInt(form.group(2)));
    }

    boolean crashed() {
        return CRASHES.contains(status);
    }
}
