package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile texts: none makes a detector throw, and a million characters take seconds, not hours. */
@Tag("slow")
class RedactionNeverThrowsTest {
    private static final String CHARS = "0123456789 -./()+@:[]'aZé中\uD83D\uDCB3\u0301\u00A0\u200B\n\0";
    private static final List<String> PIECES = List.of(
            "4111 1111 1111 1111",
            "DE89",
            "@",
            "a@b.org",
            "1.2.3.4",
            "::",
            "+49",
            "030 ",
            "Dear Anna Meier, ",
            "[EMAIL:",
            "]",
            "\uD83D",
            "１２");
    private static final int MILLION = 1_000_000;
    private static final double MOST_SECONDS = 15;

    private final Tokens tokens = new Tokens("correct horse battery staple, 2026");
    private final Redactor redactor = Redactors.builtIn(tokens);
    /** Where numbers have no trunk prefix, any digits may be one. */
    private final Redactor phoneOnly = new Redactor(List.of(new PhoneDetector("US")), tokens);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomTextIsRedactedAndRestored(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = random(random);

            String redacted = redactor.redact(text, "acme", new HashMap<>());
            Redactors.withNames().redact(text, "acme", new HashMap<>());

            assertThat(tokens.restore(redacted, "acme"))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "@",
                " ",
                "a",
                ".",
                ":",
                "-",
                "(",
                "[",
                "é",
                "中",
                "1 ",
                "0 ",
                "+1 ",
                "a@",
                "@a.",
                "1.",
                "1:",
                "::",
                "a.b@",
                "a@b.",
                "DE89 ",
                "DE89",
                "4111 ",
                "4111-1111-1111-1111 ",
                "0171 1234567 ",
                "01",
                "[E:",
                "[E:A]",
                "[EMAIL:AAAAAAAAAAAAAAAAAAAAAAAAAAAA]",
                "+49 171 1234567;ext=",
                "a@b.org ",
                "1.2.3.4 ",
                "\uD83D",
                "\u0301"
            })
    void longTextTakesTimeInProportion(String piece) {
        String text = piece.repeat(MILLION / piece.length());
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        redactor.redact(text, "acme", new HashMap<>());
        phoneOnly.redact(text, "acme", new HashMap<>());

        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
        assertThat(seconds).as("'%s', a million characters of it", piece).isLessThan(MOST_SECONDS);
    }

    @Test
    void surrogatesAreNeverDivided() {
        String text = "💳4111111111111111💳anna@example.org💳";

        assertThat(Redactors.builtIn(Replacement.MASK).redact(text, "acme", new HashMap<>()))
                .isEqualTo("💳[CARD]💳[EMAIL]💳");
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(60); n > 0; n--) {
            if (random.nextInt(4) == 0) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            } else {
                text.append(CHARS.charAt(random.nextInt(CHARS.length())));
            }
        }
        return text.toString();
    }
}
