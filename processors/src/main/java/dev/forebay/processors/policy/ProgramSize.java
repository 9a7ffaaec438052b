package dev.forebay.processors.policy;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how many instructions a pattern unfolds to, without unfolding it: every atom is one, a counted repetition
 * multiplies what it repeats. One pass; a text that is no pattern has an estimate as well.
 */
final class ProgramSize {
    private static final long SATURATED = 1L << 32;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private ProgramSize(String pattern) {
        this.pattern = pattern;
    }

    static long estimate(String pattern) {
        ProgramSize size = new ProgramSize(pattern);
        while (size.at < pattern.length()) {
            size.step(pattern.charAt(size.at));
        }
        while (!size.outer.isEmpty()) {
            size.close();
        }
        return size.sum + size.last;
    }

    private void step(char c) {
        switch (c) {
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            case '[' -> {
                atom(1);
                skipPast(']', at + 2);
            }
            case '\\' -> escape();
            default -> {
                atom(1);
                at++;
            }
        }
    }

    private void open() {
        outer.push(Math.min(SATURATED, sum + last));
        sum = 0;
        last = 0;
        at++;
    }

    private void close() {
        long group = Math.min(SATURATED, sum + last + 2);
        sum = outer.isEmpty() ? 0 : outer.pop();
        last = group;
        at++;
    }

    private void repeat() {
        int end = pattern.indexOf('}', at);
        long count = end < 0 ? 1 : count(pattern.substring(at + 1, end));
        last = Math.min(SATURATED, last * count);
        at = end < 0 ? at + 1 : end + 1;
    }

    /** The larger bound of {@code n}, {@code n,} or {@code n,m}; 1 for braces that do not count. */
    private static long count(String bounds) {
        long largest = 0;
        long number = 0;
        for (int i = 0; i < bounds.length(); i++) {
            char c = bounds.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(SATURATED, 10 * number + (c - '0'));
                largest = Math.max(largest, number);
            } else if (c == ',') {
                number = 0;
            } else {
                return 1;
            }
        }
        return Math.max(1, largest);
    }

    private void escape() {
        char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\\';
        boolean braced = at + 2 < pattern.length() && pattern.charAt(at + 2) == '{';
        if (next == 'Q') {
            int end = pattern.indexOf("\\E", at);
            int stop = end < 0 ? pattern.length() : end;
            atom(stop - at);
            at = end < 0 ? stop : stop + 2;
        } else if (braced && (next == 'p' || next == 'P' || next == 'x')) {
            atom(1);
            skipPast('}', at + 3);
        } else {
            atom(1);
            at += 2;
        }
    }

    private void atom(long size) {
        sum = Math.min(SATURATED, sum + last);
        last = size;
    }

    /** Goes behind the next such character that no backslash precedes. */
    private void skipPast(char end, int from) {
        int i = from;
        while (i < pattern.length() && pattern.charAt(i) != end) {
            i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        at = i + 1;
    }
}
