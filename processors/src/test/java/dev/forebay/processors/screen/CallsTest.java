package dev.forebay.processors.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Reason;
import dev.forebay.processors.screen.InjectionRules.Rule;
import dev.forebay.processors.screen.InputScreen.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
    private static final int TEXTS = 6_000;
    private static final List<String> PHRASES = List.of(
            "bomb", "build a weapon", "炸弹", "Straße", "über uns", "c4", "\uD840\uDC0B", "red-herring", "e\u0331x");
    private static final List<String> AROUND = List.of(
            "", " ", "\n", "é", "_", "x", "中", ". ", "[", "<", "# ", "|", "-", "your ", "the new ", "\u0301", "\uD83D");

    private final PhraseList phrases = new PhraseList();

    CallsTest() {
        PHRASES.forEach(phrase -> phrases.add(phrase, phrase));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void decisionsAreThoseOfTryingEveryRule(long seed) {
        Random random = new Random(seed);
        Rules rules = Rules.of(List.of(), phrases, true);
        Map<String, Integer> decisions = new HashMap<>();

        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            Optional<Reason> expected = byEveryRule(text);
            assertThat(rules.refuse(text))
                    .as("seed %d, text %d: %s", seed, i, text)
                    .isEqualTo(expected);
            decisions.merge(expected.map(Reason::message).orElse("wanted"), 1, Integer::sum);
        }

        // A comparison of texts that nobody refuses, or all are refused by one rule, would show nothing.
        assertThat(decisions.get("wanted")).isBetween(TEXTS / 20, TEXTS - TEXTS / 20);
        assertThat(decisions).hasSize(1 + PHRASES.size() + InjectionRules.RULES.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyTextThatARuleMatchesCallsForIt(long seed) {
        Random random = new Random(seed);
        Calls calls = Calls.of(InjectionRules.MARKS);
        for (int i = 0; i < InjectionRules.RULES.size(); i++) {
            Rule rule = InjectionRules.RULES.get(i);
            int matched = 0;
            for (int n = 0; n < TEXTS / 10; n++) {
                String text = Folded.of(one(random, AROUND)
                                + PatternTexts.of(random, rule.pattern().pattern())
                                + one(random, AROUND))
                        .text();
                if (rule.pattern().matcher(text).find()) {
                    matched++;
                    assertThat(InjectionRules.isCalled(i, calls.in(text)))
                            .as("seed %d, %s: %s", seed, rule.name(), text)
                            .isTrue();
                }
            }
            assertThat(matched).as(rule.name()).isGreaterThan(TEXTS / 100);
        }
    }

    @Test
    void marksOfAllPiecesAreTold() {
        Map<String, Long> marks = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            marks.put("w" + i, 1L << (i % Long.SIZE));
        }
        Calls calls = Calls.of(marks);

        marks.forEach((piece, mark) -> {
            assertThat(calls.in("x " + piece.toUpperCase(Locale.ROOT) + "-y")).isEqualTo(mark);
            assertThat(calls.in(piece + ' ' + "w0")).isEqualTo(mark | 1);
            assertThat(calls.in("x" + piece + ' ' + piece + 'x')).isZero();
        });
        assertThat(Calls.of(Map.of()).in("w1 \uFFFF")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"weapon, weapon", "straße, stra", "über, ber", "炸, 炸", "ab\u0331cd, ab"})
    void wordIsCalledForByItsLongestPiece(String word, String piece) {
        assertThat(Calls.longest(word)).isEqualTo(piece);
    }

    private Optional<Reason> byEveryRule(String text) {
        Folded folded = Folded.of(text);
        return phrases.find(folded).map(Rules::blocked).or(() -> InjectionRules.RULES.stream()
                .filter(rule -> rule.pattern().matcher(folded.text()).find())
                .map(rule -> Rules.injection(rule.name()))
                .findFirst());
    }

    /** What a rule or phrase describes, or nearly, somewhere among other words, and written in various ways. */
    private static String text(Random random) {
        List<String> parts = new ArrayList<>();
        for (int n = random.nextInt(3); n >= 0; n--) {
            parts.add(one(random, AROUND));
            parts.add(
                    random.nextInt(4) == 0
                            ? one(random, PHRASES)
                            : PatternTexts.of(
                                    random,
                                    one(random, InjectionRules.RULES).pattern().pattern()));
            parts.add(one(random, AROUND));
        }
        StringBuilder text = new StringBuilder();
        for (int c : String.join("", parts).codePoints().toArray()) {
            write(random, c, text);
        }
        return text.toString();
    }

    private static void write(Random random, int c, StringBuilder text) {
        switch (random.nextInt(100)) {
            case 0 -> text.append("");
            case 1 -> text.appendCodePoint(c).append('\u200B');
            case 2 -> text.appendCodePoint(c > ' ' && c < 0x7F ? c - '!' + 0xFF01 : c);
            case 3 -> text.appendCodePoint(c).append(c == ' ' ? "\t" : "");
            case 4 -> text.appendCodePoint(c).append(random.nextInt(4) == 0 ? "\u0301" : "");
            case 5, 6, 7, 8, 9 -> text.appendCodePoint(Character.toUpperCase(c));
            default -> text.appendCodePoint(c);
        }
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
