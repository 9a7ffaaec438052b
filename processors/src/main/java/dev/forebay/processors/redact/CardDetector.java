package dev.forebay.processors.redact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Payment card numbers (ISO/IEC 7812-1): 14 to 19 digits in one piece or in an usual grouping, of an issuer's range, with
 * the Luhn digit. Groups before and behind them, such as a date of expiry, do not hide them. Thirteen digits, which old Visa
 * cards had, are article numbers (EAN-13) today.
 */
final class CardDetector implements Detector {
    private static final int MIN = 14;
    private static final int MAX = 19;

    /** A piece of digits between separators. */
    private record Group(int start, int end) {
        int length() {
            return end - start;
        }
    }

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        int next = digits.nextSetBit(0);
        while (next >= 0) {
            next = digits.nextSetBit(run(text, next, found));
        }
    }

    /** Reads digits and single separators as far as they go, and gives the end of them. */
    private static int run(String text, int start, Consumer<Finding> found) {
        int digits = 0;
        int i = start;
        while (i < text.length()) {
            int end = Ascii.endOfDigits(text, i);
            digits += end - i;
            i = end;
            if (!isSeparator(Ascii.at(text, i)) || !Ascii.isDigit(Ascii.at(text, i + 1))) {
                break;
            }
            i++;
        }
        if (digits >= MIN) {
            search(text, groups(text, start, i), found);
        }
        return i;
    }

    private static boolean isSeparator(char c) {
        return Ascii.isSeparator(c) || c == '.';
    }

    private static List<Group> groups(String text, int start, int end) {
        List<Group> groups = new ArrayList<>();
        for (int i = start; i < end; i = groups.get(groups.size() - 1).end() + 1) {
            groups.add(new Group(i, Ascii.endOfDigits(text, i)));
        }
        return groups;
    }

    private static void search(String text, List<Group> groups, Consumer<Finding> found) {
        int first = 0;
        while (first < groups.size()) {
            int last = lastOf(text, groups, first);
            if (last >= 0) {
                found.accept(new Finding(
                        PiiType.CARD,
                        groups.get(first).start(),
                        groups.get(last).end()));
            }
            first = Math.max(first, last) + 1;
        }
    }

    /** The last group of the longest card that begins with a group, so that nothing of it stays; -1 for none. */
    private static int lastOf(String text, List<Group> groups, int first) {
        int best = -1;
        int digits = 0;
        for (int last = first; last < groups.size() && digits <= MAX; last++) {
            digits += groups.get(last).length();
            if (digits >= MIN
                    && digits <= MAX
                    && isUsual(groups, first, last)
                    && isCard(text, groups.get(first).start(), groups.get(last).end(), digits)) {
                best = last;
            }
        }
        return best;
    }

    /** In one piece, in fours with a rest, in two eights, or 4-6-5 and 4-6-4. */
    private static boolean isUsual(List<Group> groups, int first, int last) {
        int count = last - first + 1;
        if (count == 1) {
            return true;
        }
        int head = groups.get(first).length();
        int tail = groups.get(last).length();
        if (count == 2) {
            return head == 8 && tail == 8;
        }
        if (count == 3) {
            return head == 4 && groups.get(first + 1).length() == 6 && (tail == 5 || tail == 4);
        }
        return tail <= 4 && groups.subList(first, last).stream().allMatch(group -> group.length() == 4);
    }

    private static boolean isCard(String text, int start, int end, int digits) {
        return standsAlone(text, start, end)
                && Issuers.issue(prefix(text, start), digits)
                && hasOneSeparator(text, start, end)
                && Check.LUHN.holds(text.substring(start, end));
    }

    /** Not a part of a word, a fraction, a date of expiry or a number in international form. */
    private static boolean standsAlone(String text, int start, int end) {
        char before = Ascii.at(text, start - 1);
        char after = Ascii.at(text, end);
        boolean fraction = (before == '.' || before == ',') && Ascii.isDigit(Ascii.at(text, start - 2));
        boolean decimals = (after == '.' || after == ',') && Ascii.isDigit(Ascii.at(text, end + 1));
        boolean month = after == '/' && Ascii.isSeparator(Ascii.at(text, end - 3));
        return !fraction
                && !decimals
                && !month
                && before != '+'
                && !Ascii.isLetter(before)
                && before != '_'
                && !Ascii.isLetter(after)
                && after != '_';
    }

    private static boolean hasOneSeparator(String text, int start, int end) {
        char separator = '\0';
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Ascii.isDigit(c)) {
                if (separator != '\0' && c != separator) {
                    return false;
                }
                separator = c;
            }
        }
        return true;
    }

    private static int prefix(String text, int start) {
        int prefix = 0;
        int count = 0;
        for (int i = start; count < Issuers.PREFIX_DIGITS; i++) {
            if (Ascii.isDigit(text.charAt(i))) {
                prefix = 10 * prefix + (text.charAt(i) - '0');
                count++;
            }
        }
        return prefix;
    }
}
