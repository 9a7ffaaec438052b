package dev.forebay.processors.screen;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * A text with the differences taken out that a reader does not see: width and compatibility forms (NFKC), case, runs of
 * white space (one space, or one line feed), and format characters such as the zero width space.
 */
final class Folded {
    /** Normalization sorts runs of marks in quadratic time, so it gets no more than this many chars at once. */
    private static final int PIECE = 512;

    private static final char NONE = '\0';

    private final String text;

    private Folded(String text) {
        this.text = text;
    }

    static Folded of(String text) {
        String composed = isAscii(text) ? text : compose(text);
        StringBuilder folded = new StringBuilder(composed.length());
        char space = NONE;
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                space = c == '\n' || space == '\n' ? '\n' : ' ';
            } else if (c < 0x80 || Character.getType(c) != Character.FORMAT) {
                if (space != NONE) {
                    folded.append(space);
                }
                space = NONE;
                append(folded, c);
            }
        }
        return new Folded(folded.toString());
    }

    String text() {
        return text;
    }

    /** The start of the first word at or behind an index; the length where there is none. */
    int nextWord(int from) {
        int i = from;
        while (i < text.length() && !isWordPart(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    int wordEnd(int start) {
        int first = text.codePointAt(start);
        int i = start + Character.charCount(first);
        while (!isUnspaced(first) && i < text.length()) {
            int c = text.codePointAt(i);
            if (!isWordPart(c) || isUnspaced(c)) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static void append(StringBuilder folded, int c) {
        if (c < 0x80) {
            folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
        } else {
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
        }
    }

    /** Piece by piece, cut before an ASCII character where there is one: nothing before it combines with it. */
    private static String compose(String text) {
        StringBuilder composed = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + PIECE);
            int cut = end;
            while (end < text.length() && cut > start && text.charAt(cut) >= 0x80) {
                cut--;
            }
            end = cut > start ? cut : end;
            if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
                end--;
            }
            composed.append(Normalizer.normalize(text.substring(start, end), Form.NFKC));
            start = end;
        }
        return composed.toString();
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x80 && Character.isSpaceChar(c));
    }

    private static boolean isWordPart(int c) {
        return c < 0x80
                ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                : Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isUnspaced(int c) {
        if (c < 0x0E00) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
