package dev.forebay.processors.redact;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Sentences with what looks like personal data and is none. */
final class HardNegatives {
    private static final List<String> TIMES = List.of(
            "dd.MM.yyyy",
            "d.M.yy",
            "yyyy-MM-dd",
            "MM/dd/yyyy",
            "yyyy-MM-dd'T'HH:mm:ss",
            "dd.MM.yyyy HH:mm",
            "HH:mm:ss",
            "yyyyMMddHHmmss",
            "yyyy/MM/dd",
            "dd-MM-yyyy");

    private final Random random;
    private final PiiValues values;

    HardNegatives(Random random, PiiValues values) {
        this.random = random;
        this.values = values;
    }

    String sentence() {
        return switch (random.nextInt(30)) {
            case 0 -> "Order number " + notLuhn(values.digits1(16)) + " has not arrived.";
            case 1 -> "Bestellung " + PiiValues.inFours(notLuhn("4" + values.digits(15)), " ") + " fehlt noch.";
            case 2 -> "Tracking: 1Z" + values.digits(3) + "AA" + values.digits(10) + ", 00340" + values.digits(15);
            case 3 -> "Ref. " + PiiValues.withLuhn("9" + values.digits(14)) + " is our customer number.";
            case 4 ->
                "IMEI " + PiiValues.withLuhn("35" + values.digits(12)) + ", ICCID "
                        + PiiValues.withLuhn("8949" + values.digits(14));
            case 5 -> "Since update to version " + version(3) + " the app crashes, " + version(5) + " did not.";
            case 6 ->
                "Firmware v" + version(4) + " and build 10.0." + (10_000 + random.nextInt(9_999)) + "."
                        + random.nextInt(5_000);
            case 7, 8 -> "Am " + time() + " bestellt, am " + time() + " storniert.";
            case 9 -> "The appointment is at " + time() + " or " + time() + ".";
            case 10 -> "Es wurden " + price() + " € statt " + price() + " € abgebucht.";
            case 11 -> "IBAN " + values.wrongIban() + " was refused as mistyped.";
            case 12 -> "IBAN DE" + values.digits(18) + " ist zu kurz.";
            case 13 -> "Commit " + hex(40) + " or id " + new UUID(random.nextLong(), random.nextLong());
            case 14 -> "MAC " + hardware(6) + ", EUI " + hardware(8) + ", checksum " + hex(32);
            case 15 ->
                "ISBN 978-3-16-" + values.digits(6) + "-" + values.digits(1) + " und ISBN " + values.digits1(1) + "-"
                        + values.digits(3) + "-" + values.digits(5) + "-X";
            case 16 -> "EAN 40" + values.digits(11) + ", Artikel " + values.digits1(8);
            case 17 -> "Position 52." + values.digits(6) + ", 13." + values.digits(6);
            case 18 ->
                "Ask @" + values.pick(List.of("anna", "jan.meier", "support_de"))
                        + " or root@localhost, npm i left-pad@" + version(3);
            case 19 -> "Use std::vector<int> a; Foo::Bar b; ratio 3:2:1, from 10:00-12:30:15.";
            case 20 -> "USt-IdNr. DE" + values.digits1(9) + ", HRB " + values.digits1(6);
            case 21 -> "score=0." + values.digits1(16) + " loss=1." + values.digits(12) + " t=17" + values.digits(11);
            case 22 ->
                "Invoice " + (2015 + random.nextInt(10)) + "-" + values.digits(6) + ", customer K-" + values.digits(6)
                        + ", see section " + version(3) + ".";
            case 23 -> "Kundennummer " + values.digits1(10) + ", Vorgang " + values.digits1(12) + ".";
            case 24 -> "The card ends in " + values.digits(4) + ": **** **** **** " + values.digits(4) + ".";
            case 25 ->
                random.nextInt(8) > 0
                        ? "10115 Berlin, Haus 12-14, Zimmer 3.041, Tel. siehe unten."
                        : values.pick(List.of(
                                        "See chapter %s of the manual.",
                                        "Update %s is out.", "Installiert ist Version %s."))
                                .formatted(version(4));
            case 26 ->
                random.nextBoolean()
                        ? "Kunden-Nr. 00" + values.digits(8) + "."
                        : "Artikel-Nr. 0" + values.digits1(8) + ".";
            case 27 ->
                values.pick(List.of(
                        "The logo@2x.png is missing, 12@1.50 each.",
                        "git clone git@git.example.org:team/app.git",
                        "ssh root@10.local or deploy@build-7",
                        "Mention @meier.de on the page."));
            case 28 ->
                "Depot 7" + values.digits(9) + ", WKN " + values.digits1(6) + ", Ticket #" + values.digits(7) + ".";
            default -> "In 2019 2020 2021 2022 sales were 1200 3400 5600 7800 units; see 12/34 and 56-78.";
        };
    }

    private String version(int parts) {
        StringBuilder version = new StringBuilder().append(1 + random.nextInt(20));
        for (int i = 1; i < parts; i++) {
            version.append('.').append(random.nextInt(30));
        }
        return version.toString();
    }

    private String time() {
        LocalDateTime time = LocalDateTime.of(2015, 1, 1, 0, 0).plusSeconds(random.nextInt(360_000_000));
        return time.format(DateTimeFormatter.ofPattern(values.pick(TIMES)));
    }

    private String price() {
        return (1 + random.nextInt(9)) + "." + values.digits(3) + (random.nextBoolean() ? "." + values.digits(3) : "")
                + "," + values.digits(2);
    }

    private String notLuhn(String number) {
        String last = PiiValues.withLuhn(number.substring(0, number.length() - 1));
        return number.equals(last)
                ? number.substring(0, number.length() - 1)
                        + (char) ('0' + (number.charAt(number.length() - 1) - '0' + 1) % 10)
                : number;
    }

    private String hex(int count) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < count; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private String hardware(int bytes) {
        StringBuilder address = new StringBuilder(hex(2));
        for (int i = 1; i < bytes; i++) {
            address.append(':').append(hex(2));
        }
        return address.toString();
    }
}
