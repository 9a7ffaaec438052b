package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each detector finds, between guillemets, and what it does not. */
class DetectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to «anna.meier@example.org».",
                "<«anna@example.org»>, («jan@example.org»); mailto:«a@b.co»!",
                "«ANNA+tag@SUB.EXAMPLE.CO.UK» «o'neil@x.org» '«anna@x.org»'",
                "请发邮件到«anna@x.org»谢谢, «anna@x.org»으로",
                "«jörg@müller.de» «анна@пример.рф» «a@xn--mller-kva.de»",
                "?email=«anna@x.org»&id=7",
                "die «anna@x.org»-Adresse",
                "«anna@x.org»...",
                "...«anna@x.org»",
                "«anna@x.org».2 «1@2.org»",
                "anna@localhost a@b @anna a@ @ @@ a@@b.org a@.org a@-b.org a.@b.org a@b.c",
                "left-pad@1.2.3 logo@2x.png git@example.org root@db.local 12@1.50"
            })
    void email(String marked) {
        assertFinds(new EmailDetector(), marked);
    }

    @Test
    void localPartOfMoreThan64CharactersIsNone() {
        assertFinds(new EmailDetector(), "«" + "a".repeat(64) + "@example.org»");
        assertFinds(new EmailDetector(), "a".repeat(65) + "@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Card «4111111111111111».",
                "«4111 1111 1111 1111», «5500-0000-0000-0004», «4111\u00A01111\u00A01111\u00A01111»",
                "«3782 822463 10005» «378282246310005» «3056 930902 5904»",
                "«6011 0009 9013 9424» 12/27 123",
                "«6304 0000 0000 0000» «6205 5000 0000 0000 004»",
                "卡号«4111111111111111»被扣",
                "12 «4111 1111 1111 1111» 04/29",
                "«4111.1111.1111.1111».",
                "4111111111111112 1234567812345670 9999 9999 9999 9995",
                "a4111111111111111 4111111111111111f _4111111111111111 +4111111111111111",
                "0.4111111111111111 4111111111111111.5 41111111111111111111",
                "4111 1111-1111 1111",
                "490154203237518 8944200011234567899"
            })
    void card(String marked) {
        assertFinds(new CardDetector(), marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IBAN «DE89 3704 0044 0532 0130 00».",
                "«DE89370400440532013000», «GB29 NWBK 6016 1331 9268 19»",
                "«de89 3704 0044 0532 0130 00» «GB29-NWBK-6016-1331-9268-19»",
                "IBAN:«FR14 2004 1010 0505 0001 3M02 606» BIC",
                "«NO9386011117947» «MT84MALT011000012345MTLCAST001S»",
                "«DE89 37040044 0532013000» «DE 89 3704 0044 0532 0130 00»",
                "退款到«DE89370400440532013000»。",
                "DE88 3704 0044 0532 0130 00 DE8937040044053201300 XX89370400440532013000",
                "aDE89370400440532013000 DE893704004405320130001 DE89",
                "DE89 3704  0044 0532 0130 00"
            })
    void iban(String marked) {
        assertFinds(new IbanDetector(), marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from «192.0.2.1», «10.0.0.1»:8080 «172.16.0.0»/12 «8.8.8.8».",
                "http://«203.0.113.9»/ [«2001:db8::1»]:443 «fe80::1»%eth0",
                "«2001:0db8:85a3:0000:0000:8a2e:0370:7334» «::1» «::ffff:192.0.2.128» «2001:DB8::8»/32",
                "«1::» «2001:db8:1:2:3:4:5:6».",
                "1.2.3.4.5 1.2.3 v1.2.3.4 1.2.3.256 01.02.03.04 0.1.2.3 1.2.3.4a a1.2.3.4",
                "Version 1.2.3.4, chapter 4.3.2.1, 1.2.3.4_5",
                "12:30:45 00:1a:2b:3c:4d:5e 00:1a:2b:ff:fe:3c:4d:5e std::vector a::b :: 1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7 1::2::3 12345::1 fe80:::1"
            })
    void ip(String marked) {
        assertFinds(new IpDetector(), marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call «030 1234567» or «+49 (0)30 1234567».",
                "«+1 (212) 736-5000», «0049 171 1234567», «0171/1234567»",
                "tel:«+442079460958»",
                "Am 04.02.2023 um 12:00, 04-02-2023 10:15",
                "52.012345, 0.0171123456, 0171.1234567.8",
                "4711234567 2024-05-01T10:00:00Z 1700000000123 12345"
            })
    void phoneInGermany(String marked) {
        assertFinds(new PhoneDetector("DE"), marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Call «(212) 736-5000», «212-736-5000» or «+49 30 1234567».", "030 1234567"})
    void phoneInTheUnitedStates(String marked) {
        assertFinds(new PhoneDetector("US"), marked);
    }

    @Test
    void withoutARegionNumbersNeedTheirCountryCode() {
        assertFinds(new PhoneDetector("ZZ"), "030 1234567 or «+49 30 1234567»");
    }

    /** Many windows of the library, and numbers at the edges of them. */
    @Test
    void everyNumberOfALongRowIsFoundOnce() {
        for (String gap : List.of(" / ", ". ", "/ ", " - ")) {
            assertFinds(new PhoneDetector("DE"), ("«0151 12345678»" + gap + "«030 1234567»" + gap).repeat(60));
        }
    }

    private static void assertFinds(Detector detector, String marked) {
        String text = marked.replace("«", "").replace("»", "");
        StringBuilder found = new StringBuilder(text);
        List<Finding> findings = Findings.disjoint(find(detector, text));
        for (int i = findings.size() - 1; i >= 0; i--) {
            found.insert(findings.get(i).end(), '»').insert(findings.get(i).start(), '«');
        }
        assertThat(found).hasToString(marked);
    }

    private static List<Finding> find(Detector detector, String text) {
        List<Finding> findings = new ArrayList<>();
        detector.find(text, Ascii.digits(text), findings::add);
        return findings;
    }
}
