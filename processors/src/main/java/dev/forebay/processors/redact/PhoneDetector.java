package dev.forebay.processors.redact;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Telephone numbers that libphonenumber holds for valid: with country code those of any country, without it those of one
 * region. The library, which matches with backtracking patterns, sees windows of some 200 characters, and of these only
 * where a number may begin, so that its cost is bounded whatever the text is.
 */
final class PhoneDetector implements Detector {
    private static final int FEWEST_DIGITS = 6;
    private static final int LONGEST_BLOCK = 20;
    private static final int LONGEST_GAP = 3;
    private static final int STEP = 150;
    /** Of numbers that begin within the step and end behind it. */
    private static final int OVERLAP = 25;
    /** Of signs before a number. */
    private static final int LEAD = 3;
    /** How often the library may be wrong in a window before it gives up. */
    private static final int TRIES = 20;

    private static final String NO_REGION = "ZZ";

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final String region;
    private final boolean national;
    private final boolean trunkZero;

    /** @param region two letters of ISO 3166-1; {@code ZZ} where numbers without country code are none */
    PhoneDetector(String region) {
        this.region = region;
        this.national = !region.equals(NO_REGION);
        this.trunkZero = national && "0".equals(library.getNddPrefixForRegion(region, true));
    }

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        int next = digits.nextSetBit(0);
        while (next >= 0) {
            next = digits.nextSetBit(run(text, next, found));
        }
    }

    /** Reads blocks of digits and what may stand between them, and gives the end of them. */
    private int run(String text, int start, Consumer<Finding> found) {
        int first = -1;
        int digits = 0;
        int end = start;
        for (int block = start; block >= 0; block = nextBlock(text, end)) {
            int stop = Ascii.endOfDigits(text, block);
            if (stop - block > LONGEST_BLOCK) {
                // Longer than any number: what was read so far is all.
                search(text, first, end, digits, found);
                return stop;
            }
            first = first < 0 && mayBegin(text, block) ? block : first;
            digits += first < 0 ? 0 : stop - block;
            end = stop;
        }
        search(text, first, end, digits, found);
        return end;
    }

    /** The next digit, where only punctuation of telephone numbers stands before it; else -1. */
    private static int nextBlock(String text, int end) {
        int i = end;
        while (i < text.length() && i - end < LONGEST_GAP && isPunctuation(text.charAt(i))) {
            i++;
        }
        return i > end && Ascii.isDigit(Ascii.at(text, i)) ? i : -1;
    }

    private static boolean isPunctuation(char c) {
        return Ascii.isSeparator(c) || c == '/' || c == '.' || c == '(' || c == ')' || c == '\u2010' || c == '\u2013';
    }

    /** With a plus sign, or in the form of the region; not within a fraction, a row of numbers or a date. */
    private boolean mayBegin(String text, int start) {
        char before = Ascii.at(text, start - 1);
        boolean joined = (before == '.' || before == ',' || before == '-') && Ascii.isDigit(Ascii.at(text, start - 2));
        boolean plus = isPlus(before) || ((before == '(' || before == ' ') && isPlus(Ascii.at(text, start - 2)));
        boolean local = national && (!trunkZero || text.charAt(start) == '0');
        boolean dated = isDate(text, start) || isDate(text, start - 3) || isDate(text, start - 6);
        return plus || (local && !joined && !dated);
    }

    private static boolean isPlus(char c) {
        return c == '+' || c == '\uFF0B';
    }

    /** {@code dd.MM.yyyy}, also with hyphens or slashes. */
    private static boolean isDate(String text, int start) {
        char separator = Ascii.at(text, start + 2);
        return start >= 0
                && (separator == '.' || separator == '-' || separator == '/')
                && Ascii.endOfDigits(text, start) == start + 2
                && Ascii.at(text, start + 5) == separator
                && Ascii.endOfDigits(text, start + 3) == start + 5
                && Ascii.endOfDigits(text, start + 6) == start + 10
                && (text.startsWith("19", start + 6) || text.startsWith("20", start + 6));
    }

    /** Window by window; the next begins where a number may, behind the last that was found. */
    private void search(String text, int first, int end, int digits, Consumer<Finding> found) {
        int from = digits < FEWEST_DIGITS ? -1 : first;
        while (from >= 0) {
            int to = Math.min(end, from + STEP);
            int right = Math.min(text.length(), to + (to < end || hasExtension(text, end) ? OVERLAP : 1));
            int last = window(text, lead(text, from), right, to, found);
            from = to < end ? nextBegin(text, Math.max(last, to), end) : -1;
        }
    }

    /** Where the signs before a number begin; the digits of another one are none. */
    private static int lead(String text, int start) {
        int i = start;
        while (i > 0 && start - i < LEAD && !Ascii.isDigit(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private int nextBegin(String text, int from, int end) {
        int block =
                Ascii.nextDigit(text, Ascii.isDigit(Ascii.at(text, from - 1)) ? Ascii.endOfDigits(text, from) : from);
        while (block >= 0 && block < end && !mayBegin(text, block)) {
            block = Ascii.nextDigit(text, Ascii.endOfDigits(text, block));
        }
        return block < end ? block : -1;
    }

    private static boolean hasExtension(String text, int end) {
        char next = Ascii.at(text, Ascii.at(text, end) == ' ' ? end + 1 : end);
        return next == 'x' || next == 'X' || next == 'e' || next == 'E' || next == '#' || next == ';';
    }

    /** Finds the numbers that begin before an index, and gives the end of the last. */
    private int window(String text, int left, int right, int to, Consumer<Finding> found) {
        int last = left;
        String window = text.substring(left, right);
        for (PhoneNumberMatch match : library.findNumbers(window, region, Leniency.VALID, TRIES)) {
            int start = left + match.start();
            int end = left + match.end();
            char after = Ascii.at(text, end);
            boolean decimals = (after == '.' || after == ',') && Ascii.isDigit(Ascii.at(text, end + 1));
            if (start < to && !decimals && mayBegin(text, Ascii.nextDigit(text, start))) {
                found.accept(new Finding(PiiType.PHONE, start, end));
                last = end;
            }
        }
        return last;
    }
}
