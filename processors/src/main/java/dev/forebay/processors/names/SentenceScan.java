package dev.forebay.processors.names;

import java.util.Arrays;

/**
 * Goes through a text sentence by sentence, each as the words that a model reads and their places. A word is a row of letters
 * with their marks, of digits, or of one and the same other character. A sentence that is too long for a model comes in windows
 * that overlap, so that the cost is in proportion to the text; a name at the end of one is whole in the next.
 */
final class SentenceScan {
    static final int MOST_WORDS = 100;
    /** Of the words of a window that are the first of the next. */
    static final int OVERLAP = 15;
    /** Of a word that the model gets to see; its place is that of all of it. */
    static final int LONGEST_WORD = 50;

    private static final int LONGEST_SHORT_FORM = 3;

    private final String text;
    private final int[] starts = new int[MOST_WORDS];
    private final int[] ends = new int[MOST_WORDS];
    private int count;
    private int position;
    private boolean cut;

    SentenceScan(String text) {
        this.text = text;
    }

    /** Goes to the next sentence or window; false where there is none. */
    boolean next() {
        int kept = cut ? OVERLAP : 0;
        System.arraycopy(starts, count - kept, starts, 0, kept);
        System.arraycopy(ends, count - kept, ends, 0, kept);
        count = kept;
        cut = false;
        while (count < MOST_WORDS) {
            int start = startOfWord(position);
            if (start == text.length()) {
                position = start;
                return count > kept;
            }
            if (count > 0 && isParagraph(position, start)) {
                position = start;
                if (count > kept) {
                    return true;
                }
                count = 0;
                kept = 0;
            }
            starts[count] = start;
            ends[count] = endOfWord(start);
            position = ends[count];
            count++;
            if (isEnd(count - 1)) {
                return true;
            }
        }
        cut = true;
        return true;
    }

    String[] words() {
        String[] words = new String[count];
        Arrays.setAll(words, i -> text.substring(starts[i], cut(starts[i], ends[i])));
        return words;
    }

    /** The index of the first char of a word. */
    int start(int word) {
        return starts[word];
    }

    /** The index behind the last char of a word. */
    int end(int word) {
        return ends[word];
    }

    private int cut(int start, int end) {
        int most = start + LONGEST_WORD;
        if (end <= most) {
            return end;
        }
        return Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most)) ? most - 1 : most;
    }

    private int startOfWord(int from) {
        int i = from;
        while (i < text.length() && isSpace(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private int endOfWord(int start) {
        int first = text.codePointAt(start);
        int i = start + Character.charCount(first);
        while (i < text.length() && goesOn(first, text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private static boolean goesOn(int first, int next) {
        if (Character.isLetter(first)) {
            return Character.isLetter(next) || isMark(next);
        }
        return Character.isDigit(first) ? Character.isDigit(next) : first == next;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Whether there is an empty line. */
    private boolean isParagraph(int from, int to) {
        int line = text.indexOf('\n', from);
        return line >= 0 && line < to && text.indexOf('\n', line + 1) >= 0 && text.indexOf('\n', line + 1) < to;
    }

    /** A full stop, or another end of sentences, before a space; not that of an initial or a title. */
    private boolean isEnd(int word) {
        char c = text.charAt(starts[word]);
        if (c == '。' || c == '！' || c == '？') {
            return true;
        }
        boolean stop = c == '.' || c == '!' || c == '?' || c == '…';
        boolean open = ends[word] < text.length() && !isSpace(text.codePointAt(ends[word]));
        return stop && !open && !(c == '.' && word > 0 && isShortForm(word - 1, starts[word]));
    }

    private boolean isShortForm(int word, int stop) {
        return ends[word] == stop
                && stop - starts[word] <= LONGEST_SHORT_FORM
                && Character.isUpperCase(text.codePointAt(starts[word]));
    }
}
