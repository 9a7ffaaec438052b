package dev.forebay.worker.task;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into sentences by the rules of {@link BreakIterator}, at blank lines, and where a run without an end
 * grows too long for a model. Sentences have no blanks at their ends; they do not overlap, and together they hold
 * everything but blanks up to where the bound on their number was met.
 */
final class Sentences {
    /** A sentence in UTF-16 units and in code points of the text. */
    record Sentence(int start, int end, int firstCodePoint, int endCodePoint) {
        String in(String text) {
            return text.substring(start, end);
        }
    }

    /** @param truncated whether the text goes on after the last sentence */
    record Split(List<Sentence> sentences, boolean truncated) {}

    /** About the window of a small encoder. */
    static final int MAX_UNITS = 1_000;

    private final String text;
    private final int bound;
    private final List<Sentence> found = new ArrayList<>();
    private int codePoints;
    private int counted;

    private Sentences(String text, int bound) {
        this.text = text;
        this.bound = bound;
    }

    static Split of(String text, int bound) {
        Sentences sentences = new Sentences(text, bound);
        boolean truncated = sentences.paragraphs();
        if (sentences.found.isEmpty() && !text.isEmpty()) {
            // nothing but characters that are not seen: one sentence, so that there is something to encode
            sentences.add(0, text.length());
        }
        return new Split(List.copyOf(sentences.found), truncated);
    }

    private boolean paragraphs() {
        int start = skipBlanks(0, text.length());
        while (start < text.length()) {
            int end = blankLine(start);
            if (paragraph(start, end)) {
                return true;
            }
            start = skipBlanks(end, text.length());
        }
        return false;
    }

    /** The end of the last line before the next blank one. */
    private int blankLine(int from) {
        int end = from;
        boolean blank = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && blank) {
                return end;
            } else if (c == '\n') {
                blank = true;
                end = i;
            } else if (!isBlank(c)) {
                blank = false;
            }
        }
        return text.length();
    }

    /** @return whether the bound was met before the end */
    private boolean paragraph(int from, int to) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text.substring(from, to));
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (pieces(from + start, from + end)) {
                return true;
            }
            start = end;
        }
        return false;
    }

    private boolean pieces(int from, int to) {
        int start = skipBlanks(from, to);
        while (start < to) {
            if (found.size() == bound) {
                return true;
            }
            int end = to - start <= MAX_UNITS ? to : cut(start, start + MAX_UNITS);
            add(start, trimEnd(start, end));
            start = skipBlanks(end, to);
        }
        return false;
    }

    /** The last blank of the second half, else the bound itself, never inside a surrogate pair. */
    private int cut(int start, int limit) {
        for (int i = limit; i > start + MAX_UNITS / 2; i--) {
            if (isBlank(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(limit)) && Character.isHighSurrogate(text.charAt(limit - 1))
                ? limit - 1
                : limit;
    }

    private void add(int start, int end) {
        codePoints += text.codePointCount(counted, start);
        int length = text.codePointCount(start, end);
        found.add(new Sentence(start, end, codePoints, codePoints + length));
        codePoints += length;
        counted = end;
    }

    private int skipBlanks(int from, int to) {
        int i = from;
        while (i < to && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int trimEnd(int from, int to) {
        int i = to;
        while (i > from && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** No blank lies outside the basic plane, so looking at single units is enough. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }
}
