package dev.forebay.processors.language;

import java.util.HashSet;
import java.util.Set;

/**
 * The beginning of a text, by which its language is told: its words in lower case, without what is in no language, such as
 * numbers and addresses. Linear, whatever the text is.
 */
record Letters(String words) {
    /** More makes the guess hardly better, and it costs by the letter. */
    static final int MOST = 300;

    private static final int LONGEST_GRAM = 3;
    private static final int ASCII = 0x80;

    static Letters of(String text) {
        StringBuilder words = new StringBuilder(Math.min(text.length(), MOST) + 1);
        int end;
        for (int start = 0; start < text.length() && words.length() < MOST; start = end) {
            end = endOfWord(text, start);
            if (end == start) {
                end++;
            } else if (!isAddress(text, start, end)) {
                append(words, text, start, end);
            }
        }
        return new Letters(words.toString());
    }

    /** Every row of one to three characters, once. */
    Set<String> grams() {
        Set<String> grams = new HashSet<>(words.length() * LONGEST_GRAM * 2);
        for (int length = 1; length <= LONGEST_GRAM; length++) {
            for (int i = 0; i + length <= words.length(); i++) {
                grams.add(words.substring(i, i + length));
            }
        }
        return grams;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && !Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Of a page, a person or a file; in scripts without spaces one word may be a whole text, with an address in it. */
    private static boolean isAddress(String text, int start, int end) {
        boolean marked = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return false;
            }
            marked |= c == '@' || c == '/' || c == '_';
        }
        return marked;
    }

    private static void append(StringBuilder words, String text, int start, int end) {
        if (!words.isEmpty()) {
            words.append(' ');
        }
        for (int i = start; i < end && words.length() < MOST; i++) {
            words.append(Character.toLowerCase(text.charAt(i)));
        }
    }
}
