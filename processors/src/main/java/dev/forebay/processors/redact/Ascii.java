package dev.forebay.processors.redact;

import java.util.BitSet;

/** The characters that numbers are written with. */
final class Ascii {
    private Ascii() {}

    /** With one comparison, which fails for all that a text has but numbers: what is scanned here is mostly words. */
    static boolean isDigit(char c) {
        return (char) (c - '0') < 10;
    }

    static boolean isLetter(char c) {
        return (char) ((c | 0x20) - 'a') < 26;
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isLetter(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** What stands between the groups of a long number: one space, also one that does not break, or one hyphen. */
    static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00A0' || c == '\u202F' || c == '\u2011';
    }

    /** The index of the first digit at or behind an index; -1 where there is none. */
    static int nextDigit(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The indices of all digits. */
    static BitSet digits(String text) {
        BitSet digits = new BitSet(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                digits.set(i);
            }
        }
        return digits;
    }

    static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The character at an index, NUL beyond either end. */
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
    }
}
