package dev.forebay.processors.redact;

import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * International bank account numbers (ISO 13616): the length of their country, remainder 1 by 97 (ISO/IEC 7064), in one
 * piece, in groups of four, or in groups with a digit in each, in either case of letters.
 */
final class IbanDetector implements Detector {
    /** From the IBAN registry: two letters, then the whole length. */
    private static final Map<String, Integer> LENGTHS = Stream.of(("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 "
                            + "BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 "
                            + "GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
                            + "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 "
                            + "NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 "
                            + "SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
                    .split(" "))
            .collect(Collectors.toUnmodifiableMap(
                    entry -> entry.substring(0, 2), entry -> Integer.parseInt(entry.substring(2))));

    private static final int COUNTRY = 2;
    private static final int GROUP = 4;

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        int digit = digits.nextSetBit(0);
        while (digit >= 0) {
            int start = Ascii.isSeparator(Ascii.at(text, digit - 1)) ? digit - 3 : digit - 2;
            int end = beginsAt(text, start, digit) ? endOf(text, start) : -1;
            if (end >= 0) {
                found.accept(new Finding(PiiType.IBAN, start, end));
            }
            digit = digits.nextSetBit(end >= 0 ? end : Ascii.endOfDigits(text, digit));
        }
    }

    /** Two letters that begin a word, and two digits behind them or behind one separator. */
    private static boolean beginsAt(String text, int start, int digit) {
        return Ascii.isLetter(Ascii.at(text, start))
                && Ascii.isLetter(Ascii.at(text, start + 1))
                && Ascii.isDigit(Ascii.at(text, digit + 1))
                && !isWordPart(Ascii.at(text, start - 1));
    }

    private static int endOf(String text, int start) {
        Integer length = LENGTHS.get(text.substring(start, start + COUNTRY).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        StringBuilder number = new StringBuilder(length);
        Grouping grouping = new Grouping();
        int i = start;
        while (number.length() < length) {
            char c = Ascii.at(text, i);
            if (Ascii.isAlphanumeric(c)) {
                number.append(c);
                grouping.add(c);
            } else if (Ascii.isSeparator(c) && Ascii.isAlphanumeric(Ascii.at(text, i + 1))) {
                if (number.length() > COUNTRY) {
                    grouping.separate();
                }
            } else {
                return -1;
            }
            i++;
        }
        grouping.separate();
        boolean valid = !isWordPart(Ascii.at(text, i)) && grouping.isUsual() && isChecked(number);
        return valid ? i : -1;
    }

    private static boolean isChecked(StringBuilder number) {
        return Check.mod97(number.substring(GROUP) + number.substring(0, GROUP)) == 1;
    }

    private static boolean isWordPart(char c) {
        return Ascii.isAlphanumeric(c) || c == '_' || EmailDetector.isLetterOfAnAlphabet(c);
    }

    /** Tells groups that people write from words that happen to stand behind two letters and two digits. */
    private static final class Grouping {
        private int size;
        private boolean digit;
        private boolean ended;
        private boolean fours = true;
        private boolean digits = true;

        void add(char c) {
            size++;
            digit |= Ascii.isDigit(c);
        }

        void separate() {
            fours &= size <= GROUP && !ended;
            ended = size < GROUP;
            digits &= digit;
            size = 0;
            digit = false;
        }

        boolean isUsual() {
            return fours || digits;
        }
    }
}
