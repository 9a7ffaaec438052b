package dev.forebay.processors.redact;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Made-up personal data in the forms in which people write it, drawn from a seeded source. */
final class PiiValues {
    private static final List<String> FIRST = List.of(
            "anna", "jan", "maria", "lukas", "sofia", "peter", "chloe", "joao", "olga", "ahmed", "yuki", "kate", "max");
    private static final List<String> LAST = List.of(
            "meier", "smith", "garcia", "rossi", "dupont", "kowalski", "jansen", "silva", "novak", "lee", "schmidt");
    private static final List<String> HOSTS = List.of(
            "example.org",
            "example.com",
            "gmail.com",
            "t-online.de",
            "web.de",
            "mail.example.co.uk",
            "firma-meier.de",
            "post.ch",
            "orange.fr",
            "libero.it",
            "a.b.c.example.net",
            "studio.photography",
            "uni-muenchen.de",
            "x.io",
            "123mail.org");

    /** Country, then the account's characters: n a digit, a an upper case letter, c either. */
    private static final List<String> ACCOUNTS = List.of(
            "DEnnnnnnnnnnnnnnnnnn",
            "DEnnnnnnnnnnnnnnnnnn",
            "ATnnnnnnnnnnnnnnnn",
            "CHnnnnncccccccccccc",
            "FRnnnnnnnnnncccccccccccnn",
            "GBaaaannnnnnnnnnnnnn",
            "NLaaaannnnnnnnnn",
            "ESnnnnnnnnnnnnnnnnnnnn",
            "ITannnnnnnnnncccccccccccc",
            "BEnnnnnnnnnnnn",
            "PLnnnnnnnnnnnnnnnnnnnnnnnn",
            "PTnnnnnnnnnnnnnnnnnnnnn",
            "SEnnnnnnnnnnnnnnnnnnnn",
            "NOnnnnnnnnnnn",
            "DKnnnnnnnnnnnnnn",
            "FInnnnnnnnnnnnnn",
            "IEaaaannnnnnnnnnnnnn",
            "LUnnnccccccccccccc",
            "CZnnnnnnnnnnnnnnnnnnnn",
            "GRnnnnnnncccccccccccccccc",
            "MTaaaannnnncccccccccccccccccc",
            "TRnnnnnncccccccccccccccc",
            "SAnncccccccccccccccccc",
            "AEnnnnnnnnnnnnnnnnnnn");

    private final Random random;

    PiiValues(Random random) {
        this.random = random;
    }

    String email() {
        String first = pick(FIRST);
        String last = pick(LAST);
        String local =
                switch (random.nextInt(16)) {
                    case 0, 1, 2, 3 -> first + "." + last;
                    case 4, 5 -> first + (1950 + random.nextInt(70));
                    case 6 -> first.charAt(0) + last;
                    case 7 -> first + "_" + last;
                    case 8 -> first + "-" + last;
                    case 9 -> first + "+" + pick(List.of("shop", "news", "2024")) + "." + last;
                    case 10 -> "info";
                    case 11 -> first.charAt(0) + ".o'" + last;
                    case 12 -> random.nextInt(3) == 0 ? "jörg.müller" : first;
                    case 13 -> last + "%" + first;
                    case 14 -> "" + (100_000 + random.nextInt(900_000));
                    default -> "no-reply." + last;
                };
        String host = random.nextInt(60) == 0 ? "müller-bücher.de" : pick(HOSTS);
        String address = local + "@" + host;
        return switch (random.nextInt(40)) {
            case 0, 3 -> address.toUpperCase(Locale.ROOT);
            case 1, 4 -> address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1);
            case 2 ->
                random.nextInt(5) > 0
                        ? address
                        : random.nextBoolean() ? '"' + first + " " + last + "\"@" + host : first + "@[192.0.2.7]";
            default -> address;
        };
    }

    /** An address that its writer hides from programs. */
    String disguisedEmail() {
        return pick(FIRST) + "." + pick(LAST)
                + pick(List.of(" (at) ", " [at] ", " at ", "(at)", " AT "))
                + pick(List.of("example", "gmail", "web"))
                + pick(List.of(" (dot) ", " dot ", ".", "[dot]"))
                + pick(List.of("org", "de", "com"));
    }

    String card() {
        int issuer = random.nextInt(100);
        String number;
        if (issuer < 42) {
            number = withLuhn("4" + digits(14));
        } else if (issuer < 60) {
            number = withLuhn("5" + (1 + random.nextInt(5)) + digits(13));
        } else if (issuer < 66) {
            number = withLuhn((2221 + random.nextInt(500)) + digits(11));
        } else if (issuer < 76) {
            number = withLuhn((random.nextBoolean() ? "34" : "37") + digits(12));
        } else if (issuer < 81) {
            number = withLuhn("6011" + digits(11));
        } else if (issuer < 84) {
            number = withLuhn("36" + digits(11));
        } else if (issuer < 88) {
            number = withLuhn((3528 + random.nextInt(62)) + digits(11));
        } else if (issuer < 93) {
            number = withLuhn("62" + digits(random.nextInt(4) == 0 ? 16 : 13));
        } else if (issuer < 97) {
            number = withLuhn("6759" + digits(11 + random.nextInt(4)));
        } else {
            number = withLuhn((2200 + random.nextInt(5)) + digits(11));
        }
        return grouped(number);
    }

    private String grouped(String number) {
        int form = random.nextInt(100);
        if (form < 40) {
            return number;
        }
        String separator = form < 75 ? " " : form < 92 ? "-" : form < 96 ? "\u00A0" : form < 97 ? "." : " ";
        if (form == 99) {
            return number.substring(0, 6) + separator + number.substring(6); // as hardly anyone writes it
        }
        if (number.length() == 15 || number.length() == 14) {
            return number.substring(0, 4) + separator + number.substring(4, 10) + separator + number.substring(10);
        }
        return inFours(number, separator);
    }

    String iban() {
        String shape = pick(ACCOUNTS);
        String number = ibanOf(shape.substring(0, 2), account(shape.substring(2)));
        int form = random.nextInt(100);
        if (form < 40) {
            return number;
        }
        if (form < 84) {
            return inFours(number, " ");
        }
        if (form < 88) {
            return inFours(number, "\u00A0");
        }
        if (form < 91) {
            return inFours(number, "-");
        }
        if (form < 94) {
            return (random.nextBoolean() ? number : inFours(number, " ")).toLowerCase(Locale.ROOT);
        }
        if (form < 99 && number.startsWith("DE")) {
            return number.substring(0, 4) + " " + number.substring(4, 12) + " " + number.substring(12);
        }
        return form < 99 ? number : number.substring(0, 2) + " " + number.substring(2); // as hardly anyone writes it
    }

    /** An IBAN of which one digit was mistyped. */
    String wrongIban() {
        String number = ibanOf("DE", digits(18));
        int at = 4 + random.nextInt(18);
        char wrong = (char) ('0' + (number.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
        String mistyped = number.substring(0, at) + wrong + number.substring(at + 1);
        return random.nextBoolean() ? mistyped : inFours(mistyped, " ");
    }

    private String account(String shape) {
        return shape.chars()
                .mapToObj(c -> switch (c) {
                    case 'n' -> digits(1);
                    case 'a' -> "" + (char) ('A' + random.nextInt(26));
                    default -> random.nextInt(4) == 0 ? "" + (char) ('A' + random.nextInt(26)) : digits(1);
                })
                .collect(Collectors.joining());
    }

    /** By the arithmetic of ISO 7064 in large numbers, unlike the detector's. */
    static String ibanOf(String country, String account) {
        String digits = (account + country + "00")
                .chars()
                .mapToObj(c -> "" + Character.digit(c, 36))
                .collect(Collectors.joining());
        int check = 98 - new BigInteger(digits).mod(BigInteger.valueOf(97)).intValue();
        return country + "%02d".formatted(check) + account;
    }

    String ip() {
        if (random.nextInt(3) > 0) {
            return "%d.%d.%d.%d"
                    .formatted(
                            1 + random.nextInt(223), random.nextInt(256), random.nextInt(256), 1 + random.nextInt(254));
        }
        String group = Integer.toHexString(1 + random.nextInt(0xFFFF));
        String second = Integer.toHexString(1 + random.nextInt(0xFFFF));
        String address =
                switch (random.nextInt(8)) {
                    case 0, 1 -> "2001:db8::" + group;
                    case 2 -> "2001:db8:" + group + "::" + second;
                    case 3 -> "fe80::" + group + ":" + second + ":1ff:fe23:4567";
                    case 4 -> "2a02:908:" + group + ":" + second + ":0:0:8a2e:370";
                    case 5 -> "2001:0db8:85a3:0000:0000:8a2e:0370:" + "%04x".formatted(random.nextInt(0x10000));
                    case 6 -> "::ffff:192.0.2." + random.nextInt(256);
                    default -> "2600:1f18:" + group + ":" + second + "::5";
                };
        return random.nextInt(6) == 0 ? address.toUpperCase(Locale.ROOT) : address;
    }

    /** A number as written in Germany, or with the code of its country. */
    String phone() {
        String code = pick(List.of("151", "160", "170", "171", "175", "176"));
        String mobile = digits1(code.equals("151") || code.equals("176") ? 8 : 7);
        return switch (random.nextInt(20)) {
            case 0, 1 -> "0" + code + pick(List.of(" ", "/", "-", "")) + mobile;
            case 2, 3 -> "0" + code + " " + mobile.substring(0, 3) + " " + mobile.substring(3);
            case 4 -> "030 " + digits1(7);
            case 5 -> "089/" + digits1(6);
            case 6 -> "(040) " + digits1(3) + " " + digits(3) + " " + digits(2);
            case 7 -> "0221-" + digits1(7);
            case 8, 9, 10 -> "+49 " + code + " " + mobile;
            case 11 -> "+49" + code + mobile;
            case 12 -> "+49 (0)30 " + digits1(7);
            case 13 -> "0049 " + code + " " + mobile;
            case 14 ->
                "+1 " + pick(List.of("(212)", "415", "303")) + " " + (220 + random.nextInt(700)) + "-" + digits(4);
            case 15 -> "+44 7" + pick(List.of("400", "530", "725", "850")) + " " + digits1(6);
            case 16 -> "+33 6 " + (10 + random.nextInt(60)) + " " + digits(2) + " " + digits(2) + " " + digits(2);
            case 17 -> "+41 79 " + digits1(3) + " " + digits(2) + " " + digits(2);
            case 18 -> "+43 664 " + digits1(7);
            default -> "+34 6" + digits(2) + " " + digits(3) + " " + digits(3);
        };
    }

    /** A number of another country without that country's code. */
    String foreignPhone() {
        return switch (random.nextInt(3)) {
            case 0 -> "(" + pick(List.of("212", "415", "303")) + ") " + (220 + random.nextInt(700)) + "-" + digits(4);
            case 1 -> "06 " + digits1(2) + " " + digits(2) + " " + digits(2) + " " + digits(2);
            default -> "07911 " + digits1(6);
        };
    }

    /** Germany's tax id: eleven digits, ISO 7064 MOD 11,10. */
    String taxId() {
        String ten = digits1(10);
        for (int check = 0; ; check++) {
            String id = ten + check % 10;
            if (isTaxId(id)) {
                return random.nextBoolean()
                        ? id
                        : id.substring(0, 2) + " " + id.substring(2, 5) + " " + id.substring(5, 8) + " "
                                + id.substring(8);
            }
        }
    }

    /** By the recurrence of the standard with the sum kept as 10 instead of 0. */
    private static boolean isTaxId(String id) {
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (id.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == id.charAt(10) - '0';
    }

    String ssn() {
        return "%03d-%02d-%04d".formatted(1 + random.nextInt(898), 1 + random.nextInt(99), 1 + random.nextInt(9999));
    }

    /** By the definition, from the left, unlike the detector's. */
    static String withLuhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(i) - '0';
            boolean twice = (number.length() - i) % 2 == 1;
            sum += twice ? digit * 2 / 10 + digit * 2 % 10 : digit;
        }
        return number + (10 - sum % 10) % 10;
    }

    static String inFours(String number, String separator) {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            grouped.append(i > 0 && i % 4 == 0 ? separator : "").append(number.charAt(i));
        }
        return grouped.toString();
    }

    String digits(int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    /** Digits of which the first is not 0 or 1. */
    String digits1(int count) {
        return (2 + random.nextInt(8)) + digits(count - 1);
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
