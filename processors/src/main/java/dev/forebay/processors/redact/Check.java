package dev.forebay.processors.redact;

/** Check digits: whether the letters and digits of a text agree with one another; what separates them is passed over. */
enum Check {
    /** ISO/IEC 7812-1 (Luhn, 1960): payment cards, Canada's SIN, Sweden's personnummer in ten digits. */
    LUHN,
    /** ISO/IEC 7064 MOD 97-10 in the order of writing: legal entity identifiers (LEI). */
    MOD97,
    /** ISO/IEC 7064 MOD 11-2: China's resident id, ISNI, ORCID. */
    MOD11_2,
    /** ISO/IEC 7064 MOD 11,10: Germany's tax id, Croatia's OIB. */
    MOD11_10,
    /** Verhoeff, Error detecting decimal codes (1969): India's Aadhaar. */
    VERHOEFF;

    boolean holds(String text) {
        return switch (this) {
            case LUHN -> luhn(text);
            case MOD97 -> mod97(text) == 1;
            case MOD11_2 -> mod11Over2(text);
            case MOD11_10 -> mod11And10(text);
            case VERHOEFF -> verhoeff(text);
        };
    }

    private static boolean luhn(String text) {
        int sum = 0;
        boolean second = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                int digit = second ? 2 * (c - '0') : c - '0';
                sum += digit > 9 ? digit - 9 : digit;
                second = !second;
            }
        }
        return sum % 10 == 0;
    }

    /** The remainder by 97 of the number that the text is with A as 10 to Z as 35. */
    static int mod97(String text) {
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                remainder = (10 * remainder + (c - '0')) % 97;
            } else if (Ascii.isLetter(c)) {
                remainder = (100 * remainder + Character.digit(c, 36)) % 97;
            }
        }
        return remainder;
    }

    private static boolean mod11Over2(String text) {
        int product = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                product = (2 * product + (c - '0')) % 11;
            } else if (c == 'X' || c == 'x') {
                product = (2 * product + 10) % 11;
            }
        }
        return product == 1;
    }

    private static boolean mod11And10(String text) {
        int product = 10;
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                sum = (product + (c - '0')) % 10;
                product = 2 * (sum == 0 ? 10 : sum) % 11;
            }
        }
        return sum == 1;
    }

    /** By the operations of the dihedral group of order 10 rather than their tables. */
    private static boolean verhoeff(String text) {
        int[] permutation = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
        int check = 0;
        int position = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (Ascii.isDigit(c)) {
                int digit = c - '0';
                for (int n = position % 8; n > 0; n--) {
                    digit = permutation[digit];
                }
                check = dihedral(check, digit);
                position++;
            }
        }
        return check == 0;
    }

    private static int dihedral(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        }
        return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
    }
}
