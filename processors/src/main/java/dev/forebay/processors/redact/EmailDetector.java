package dev.forebay.processors.redact;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * E-mail addresses as people use them, a subset of RFC 5321 and 6531: a dot-atom of up to 64 characters, {@code @}, and a
 * domain of at least two labels whose last is letters. Letters of the Latin, Greek and Cyrillic alphabets; those of
 * scripts that put no space between words would join the words around the address to it.
 */
final class EmailDetector implements Detector {
    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_LABEL = 63;
    /** File names such as {@code logo@2x.png} and hosts of a local network end like this, and no domain does. */
    private static final Set<String> NO_DOMAIN = Set.of(
            "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "json", "xml", "html", "local", "internal");

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localStart(text, at);
            int end = start < at ? domainEnd(text, at + 1) : -1;
            if (end >= 0 && !isGit(text, start, at) && !NO_DOMAIN.contains(topLevel(text, end))) {
                found.accept(new Finding(PiiType.EMAIL, start, end));
            }
        }
    }

    /** Where the local part begins; the index of the {@code @} where there is none, or one that is too long. */
    private static int localStart(String text, int at) {
        int start = at;
        while (start > 0 && isLocal(text.charAt(start - 1)) && !isTwoDots(text, start - 1)) {
            start--;
            if (at - start > MAX_LOCAL) {
                return at;
            }
        }
        while (start < at && !isAlphanumeric(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return Ascii.at(text, at - 1) == '.' ? at : start;
    }

    private static boolean isTwoDots(String text, int index) {
        return text.charAt(index) == '.' && text.charAt(index + 1) == '.';
    }

    /** The user of {@code git@host:path} is nobody. */
    private static boolean isGit(String text, int start, int at) {
        return at - start == 3 && text.startsWith("git", start);
    }

    private static String topLevel(String text, int end) {
        return text.substring(text.lastIndexOf('.', end - 1) + 1, end).toLowerCase(Locale.ROOT);
    }

    /** Behind the last label of letters that is not the first label; -1 where there is none. */
    private static int domainEnd(String text, int start) {
        int end = -1;
        int label = start;
        while (label - start < MAX_DOMAIN) {
            int stop = labelEnd(text, label);
            if (stop == label) {
                return end;
            }
            int letters = label > start ? topLevelEnd(text, label, stop) : label;
            if (letters > label) {
                end = letters;
            }
            if (Ascii.at(text, stop) != '.') {
                return end;
            }
            label = stop + 1;
        }
        return end;
    }

    private static int labelEnd(String text, int start) {
        int i = start;
        while (i < text.length()
                && i - start < MAX_LABEL
                && (isAlphanumeric(text.charAt(i)) || text.charAt(i) == '-')) {
            i++;
        }
        while (i > start && text.charAt(i - 1) == '-') {
            i--;
        }
        return Ascii.at(text, start) == '-' ? start : i;
    }

    /** Behind a label of letters, or those that a hyphen joins to the next word; the start where there are none. */
    private static int topLevelEnd(String text, int start, int stop) {
        if (text.regionMatches(true, start, "xn--", 0, 4)) {
            return stop;
        }
        int i = start;
        while (i < stop && !Ascii.isDigit(text.charAt(i)) && text.charAt(i) != '-') {
            i++;
        }
        boolean letters = i == stop || text.charAt(i) == '-';
        return letters && i - start >= 2 ? i : start;
    }

    private static boolean isLocal(char c) {
        return isAlphanumeric(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c == '\'';
    }

    private static boolean isAlphanumeric(char c) {
        return Ascii.isAlphanumeric(c) || isLetterOfAnAlphabet(c);
    }

    /** A letter, beyond ASCII, of a script that separates words by spaces and has addresses of its own. */
    static boolean isLetterOfAnAlphabet(char c) {
        if (c < 0x80 || !Character.isLetter(c)) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC;
    }
}
