package dev.forebay.processors.redact;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * IP addresses: four decimal octets (not in a longer row of numbers, no leading zeros, not of 0.0.0.0/8, not after a word
 * that versions and chapters follow), and the forms of RFC 4291 with at least one digit. Eight groups of two hex digits
 * are a hardware address.
 */
final class IpDetector implements Detector {
    private static final int LONGEST_V6 = 45;
    private static final int V6_GROUPS = 8;
    private static final int LONGEST_WORD = 10;
    private static final Set<String> NUMBERED = Set.of(
            "version",
            "versión",
            "versione",
            "versie",
            "release",
            "build",
            "firmware",
            "chapter",
            "section",
            "kapitel",
            "abschnitt",
            "chapitre");

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        findV4(text, found);
        findV6(text, found);
    }

    private static void findV4(String text, Consumer<Finding> found) {
        int dot = text.indexOf('.');
        while (dot >= 0) {
            int start = dot;
            while (dot - start < 3 && Ascii.isDigit(Ascii.at(text, start - 1))) {
                start--;
            }
            int end = start < dot && !continues(text, start) ? endOfV4(text, start) : -1;
            if (end >= 0 && text.charAt(start) != '0' && !isContinued(text, end) && !isNumbered(text, start)) {
                found.accept(new Finding(PiiType.IP, start, end));
            }
            dot = text.indexOf('.', Math.max(dot + 1, end));
        }
    }

    /** Whether what stands before makes a row of numbers or a word of it. */
    private static boolean continues(String text, int start) {
        char before = Ascii.at(text, start - 1);
        return Ascii.isAlphanumeric(before)
                || before == '_'
                || (before == '.' && Ascii.isAlphanumeric(Ascii.at(text, start - 2)));
    }

    private static boolean isNumbered(String text, int start) {
        int end = Ascii.at(text, start - 1) == ' ' ? start - 1 : start;
        int word = end;
        while (word > 0 && end - word <= LONGEST_WORD && Character.isLetter(text.charAt(word - 1))) {
            word--;
        }
        return NUMBERED.contains(text.substring(word, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isContinued(String text, int end) {
        char after = Ascii.at(text, end);
        return Ascii.isAlphanumeric(after)
                || after == '_'
                || (after == '.' && Ascii.isAlphanumeric(Ascii.at(text, end + 1)));
    }

    /** Behind four octets; -1 where there are not four. */
    private static int endOfV4(String text, int start) {
        int i = start;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0) {
                if (Ascii.at(text, i) != '.') {
                    return -1;
                }
                i++;
            }
            int end = Ascii.endOfDigits(text, i);
            if (!isOctet(text, i, end)) {
                return -1;
            }
            i = end;
        }
        return i;
    }

    private static boolean isOctet(String text, int start, int end) {
        int length = end - start;
        return length >= 1
                && length <= 3
                && (length == 1 || text.charAt(start) != '0')
                && Integer.parseInt(text, start, end, 10) <= 255;
    }

    private static void findV6(String text, Consumer<Finding> found) {
        int colon = text.indexOf(':');
        while (colon >= 0) {
            int start = colon;
            while (colon - start < 4 && Ascii.isHex(Ascii.at(text, start - 1))) {
                start--;
            }
            int stop = colon;
            while (stop < text.length() && isV6(text.charAt(stop))) {
                stop++;
            }
            int end = stop;
            while (end > start && (text.charAt(end - 1) == '.' || isLoneColon(text, start, end))) {
                end--;
            }
            if (end - start <= LONGEST_V6
                    && !isWordPart(Ascii.at(text, start - 1))
                    && !isWordPart(Ascii.at(text, stop))
                    && isAddress(text.substring(start, end))) {
                found.accept(new Finding(PiiType.IP, start, end));
            }
            colon = text.indexOf(':', stop);
        }
    }

    private static boolean isV6(char c) {
        return Ascii.isHex(c) || c == ':' || c == '.';
    }

    private static boolean isLoneColon(String text, int start, int end) {
        return text.charAt(end - 1) == ':' && (end - start < 2 || text.charAt(end - 2) != ':');
    }

    private static boolean isWordPart(char c) {
        return Ascii.isAlphanumeric(c) || c == '_' || c == ':';
    }

    private static boolean isAddress(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == V6_GROUPS && Ascii.nextDigit(text, 0) >= 0 && !isHardwareAddress(text);
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(text.substring(0, gap));
        int after = groups(text.substring(gap + 2));
        boolean v4First = text.substring(0, gap).indexOf('.') >= 0;
        return before >= 0 && after >= 0 && !v4First && before + after < V6_GROUPS && Ascii.nextDigit(text, 0) >= 0;
    }

    /** How many groups of 16 bits a piece without gap has; -1 where it is none. */
    private static int groups(String piece) {
        if (piece.isEmpty()) {
            return 0;
        }
        int count = 0;
        int i = 0;
        while (true) {
            int colon = piece.indexOf(':', i);
            int end = colon < 0 ? piece.length() : colon;
            if (colon < 0 && piece.indexOf('.', i) >= 0) {
                return endOfV4(piece, i) == end ? count + 2 : -1;
            }
            if (end == i || end - i > 4 || piece.substring(i, end).indexOf('.') >= 0) {
                return -1;
            }
            count++;
            if (colon < 0) {
                return count;
            }
            i = colon + 1;
        }
    }

    private static boolean isHardwareAddress(String text) {
        return text.length() == 23 && text.charAt(2) == ':' && text.charAt(5) == ':' && text.charAt(8) == ':';
    }
}
