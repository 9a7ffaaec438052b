package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private final Tokens tokens = new Tokens("correct horse battery staple, 2026");

    @ParameterizedTest
    @ValueSource(strings = {"anna@example.org", "a", "4111 1111 1111 1111", "jörg@müller.de", "💳", "[EMAIL:x]"})
    void tokenIsTurnedBackIntoItsText(String original) {
        String token = tokens.of(PiiType.EMAIL, original, "acme");

        assertThat(token).matches("\\[EMAIL:[A-Za-z0-9_-]+]").doesNotContain(original);
        assertThat(tokens.restore("Write to " + token + "!", "acme")).isEqualTo("Write to " + original + "!");
    }

    @Test
    void tokenIsTheSameEachTimeAndAnotherOfAnotherTenantTypeOrSecret() {
        Tokens others = new Tokens("another secret of thirty-two chars");
        Set<String> bodies = new HashSet<>();

        assertThat(tokens.of(PiiType.EMAIL, "a@b.org", "acme")).isEqualTo(tokens.of(PiiType.EMAIL, "a@b.org", "acme"));
        bodies.add(body(tokens.of(PiiType.EMAIL, "a@b.org", "acme")));
        bodies.add(body(tokens.of(PiiType.EMAIL, "a@b.org", "other")));
        bodies.add(body(tokens.of(PiiType.PHONE, "a@b.org", "acme")));
        bodies.add(body(others.of(PiiType.EMAIL, "a@b.org", "acme")));
        bodies.add(body(tokens.of(PiiType.EMAIL, "A@b.org", "acme")));
        assertThat(bodies).hasSize(5);
    }

    /** A change of the construction would leave tokens that are kept somewhere without a way back. */
    @Test
    void tokenIsTheOneThatItAlwaysWas() {
        assertThat(tokens.of(PiiType.EMAIL, "anna@example.org", "acme"))
                .isEqualTo("[EMAIL:wANAXNELf4TSxsTSl3y49VWwMnagcmqcfeNhHIS5lPQ]");
    }

    @Test
    void foreignTokenStaysAsItIs() {
        String token = tokens.of(PiiType.EMAIL, "anna@example.org", "acme");

        assertThat(tokens.restore(token, "other")).isEqualTo(token);
        assertThat(tokens.restore(token.replace("EMAIL", "PHONE"), "acme")).contains("PHONE");
        assertThat(new Tokens("another secret of thirty-two chars").restore(token, "acme"))
                .isEqualTo(token);
    }

    @Test
    void everyTamperedTokenStaysAsItIs() {
        String token = tokens.of(PiiType.EMAIL, "anna@example.org", "acme");
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder tampered = new StringBuilder(token);
            int at = 7 + random.nextInt(token.length() - 8);
            switch (random.nextInt(3)) {
                case 0 -> tampered.setCharAt(at, "ABCabc019-_".charAt(random.nextInt(11)));
                case 1 -> tampered.deleteCharAt(at);
                default -> tampered.insert(at, 'Q');
            }
            // The last character has bits that say nothing.
            if (!body(tampered.toString())
                    .regionMatches(0, body(token), 0, body(token).length() - 1)) {
                assertThat(tokens.restore(tampered.toString(), "acme")).hasToString(tampered.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[EMAIL",
                "[EMAIL:",
                "[EMAIL:]",
                "[EMAIL:AAAA]",
                "[:AAAA]",
                "[[EMAIL:A]]",
                "a[b]c",
                "[EMAIL]"
            })
    void textWithoutTokensStaysAsItIs(String text) {
        assertThat(tokens.restore(text, "acme")).isEqualTo(text);
    }

    @Test
    void tokensAmongOtherThingsAreRestored() {
        String mail = tokens.of(PiiType.EMAIL, "a@b.org", "acme");
        String phone = tokens.of(PiiType.PHONE, "030 1234567", "acme");

        assertThat(tokens.restore("[[" + mail + phone + "][EMAIL:AA]" + mail + "[", "acme"))
                .isEqualTo("[[a@b.org030 1234567][EMAIL:AA]a@b.org[");
    }

    @Test
    void textThatIsRedactedTwiceStaysAsItIsAfterTheFirstTime() {
        Redactor redactor = Redactors.builtIn(tokens);
        for (PiiTexts.Labelled labelled : PiiTexts.of(7, 1_000)) {
            Map<String, Integer> counts = new HashMap<>();
            String once = redactor.redact(labelled.text(), "acme", new HashMap<>());

            assertThat(redactor.redact(once, "acme", counts)).isEqualTo(once);
            assertThat(counts).isEmpty();
            assertThat(tokens.restore(once, "acme")).isEqualTo(labelled.text());
        }
    }

    /** Tokens are letters and digits, and somebody's pattern may match these. */
    @Test
    void nothingIsFoundInAToken() {
        PatternDetector keys = new PatternDetector("key", Pattern.compile("[A-Za-z0-9_-]{20,}"), null);
        Redactor redactor = new Redactor(List.of(new EmailDetector(), keys), tokens);
        String once = redactor.redact("anna@example.org, AKIAIOSFODNN7EXAMPLE", "acme", new HashMap<>());

        assertThat(once).matches("\\[EMAIL:[^]]+], \\[KEY:[^]]+]");
        assertThat(redactor.redact(once, "acme", new HashMap<>())).isEqualTo(once);
        assertThat(redactor.redact(once, "other", new HashMap<>()))
                .as("foreign tokens are text")
                .isNotEqualTo(once);
    }

    private static String body(String token) {
        return token.substring(token.indexOf(':') + 1);
    }
}
