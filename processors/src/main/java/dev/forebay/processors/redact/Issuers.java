package dev.forebay.processors.redact;

import java.util.List;
import java.util.stream.IntStream;

/** The ranges of numbers that payment card networks issue, by their first six digits and their length. */
final class Issuers {
    static final int PREFIX_DIGITS = 6;

    private record Range(int low, int high, int shortest, int longest) {
        /** Prefixes of fewer digits stand for all that begin with them. */
        Range {
            low = padded(low, '0');
            high = padded(high, '9');
        }

        private static int padded(int prefix, char with) {
            StringBuilder digits = new StringBuilder().append(prefix);
            while (digits.length() < PREFIX_DIGITS) {
                digits.append(with);
            }
            return Integer.parseInt(digits.toString());
        }

        boolean holds(int prefix, int digits) {
            return low <= prefix && prefix <= high && shortest <= digits && digits <= longest;
        }
    }

    private static final List<Range> RANGES = List.of(
            new Range(4, 4, 16, 16), // Visa
            new Range(4, 4, 19, 19),
            new Range(51, 55, 16, 16), // Mastercard
            new Range(2221, 2720, 16, 16),
            new Range(34, 34, 15, 15), // American Express
            new Range(37, 37, 15, 15),
            new Range(6011, 6011, 16, 19), // Discover
            new Range(644, 659, 16, 19),
            new Range(300, 305, 14, 19), // Diners Club
            new Range(3095, 3095, 14, 19),
            new Range(36, 36, 14, 19),
            new Range(38, 39, 14, 19),
            new Range(3528, 3589, 16, 19), // JCB
            new Range(62, 62, 16, 19), // UnionPay
            new Range(81, 81, 16, 19), // UnionPay, RuPay
            new Range(60, 60, 16, 16), // RuPay
            new Range(82, 82, 16, 16),
            new Range(508, 508, 16, 16),
            new Range(2200, 2204, 16, 19), // Mir
            new Range(50, 50, 16, 19), // Maestro
            new Range(56, 58, 16, 19),
            new Range(6304, 6304, 16, 19),
            new Range(639, 639, 16, 19),
            new Range(67, 67, 16, 19),
            new Range(9792, 9792, 16, 16)); // Troy

    /** The ranges of each leading two digits, so that most numbers are settled by one look. */
    private static final List<List<Range>> BY_LEAD = IntStream.range(0, 100)
            .mapToObj(lead -> RANGES.stream()
                    .filter(range -> range.low() / 10_000 <= lead && lead <= range.high() / 10_000)
                    .toList())
            .toList();

    private Issuers() {}

    /** @param prefix the first six digits */
    static boolean issue(int prefix, int digits) {
        for (Range range : BY_LEAD.get(prefix / 10_000)) {
            if (range.holds(prefix, digits)) {
                return true;
            }
        }
        return false;
    }
}
