package dev.forebay.processors.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceScanTest {
    private static final List<String> PIECES = List.of(
            "Anna",
            "é",
            "e\u0301",
            "\u0301",
            "😀",
            "\uD83D",
            "中文",
            "𝒜𝒷",
            "12",
            "٣",
            "...",
            ". ",
            "! ",
            "\n",
            "\n\n",
            " ",
            "\u00A0",
            "\u200B",
            "O'Brien",
            "-",
            "Dr. ",
            "\t",
            "\uFEFF",
            "a".repeat(60),
            "𝒜".repeat(60));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Anna Meier called. I did not. | Anna Meier called . / I did not .",
                "Dr. A. Meier and St. Peter. He came! | Dr . A . Meier and St . Peter . / He came !",
                "José O'Brien-Smith, 12.50 € | José O ' Brien - Smith , 12 . 50 €",
                "see example.org... and so on | see example . org ... / and so on",
                "José 😀中 x1 | José 😀 中 x 1",
                "`(She said: \"No.\" Then left.)` | ( She said : \" No . \" Then left . )",
                "请联系李雷。谢谢 | 请联系李雷 。 / 谢谢",
                "Wait?! Yes | Wait ? ! / Yes"
            })
    void sentencesAreCutIntoWords(String text, String words) {
        assertThat(String.join(" / ", sentences(text))).isEqualTo(words);
    }

    @Test
    void emptyLineDividesAndLineBreakDoesNot() {
        assertThat(sentences("Best regards,\nAnna Meier\n\nSent from\u00A0home"))
                .containsExactly("Best regards , Anna Meier", "Sent from home");
        assertThat(sentences(" \n\n ")).isEmpty();
        assertThat(sentences("")).isEmpty();
    }

    @Test
    void longSentenceComesInWindowsThatOverlap() {
        List<String> windows = sentences("word ".repeat(250).strip());

        assertThat(windows).hasSize(3);
        assertThat(windows.get(0).split(" ", -1)).hasSize(SentenceScan.MOST_WORDS);
        assertThat(windows.stream().mapToInt(w -> w.split(" ", -1).length).sum())
                .isEqualTo(250 + 2 * SentenceScan.OVERLAP);
    }

    @Test
    void textThatEndsWithAWindowHasNoMore() {
        assertThat(sentences("word ".repeat(SentenceScan.MOST_WORDS))).hasSize(1);
        assertThat(sentences("word ".repeat(SentenceScan.MOST_WORDS) + "\n\nMore"))
                .hasSize(2)
                .element(1)
                .isEqualTo("More");
    }

    /** Every character but spaces is in a word at its place, no character is in two of one sentence, no pair is divided. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void wordsAreTheTextAtTheirPlaces(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder made = new StringBuilder();
            for (int n = random.nextInt(i % 10 == 0 ? 400 : 30); n > 0; n--) {
                made.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            assertPlaces(made.toString());
        }
    }

    private static void assertPlaces(String text) {
        BitSet seen = new BitSet();
        for (SentenceScan scan = new SentenceScan(text); scan.next(); ) {
            String[] words = scan.words();
            int end = 0;
            for (int w = 0; w < words.length; w++) {
                String whole = text.substring(scan.start(w), scan.end(w));
                assertThat(scan.start(w)).as(text).isGreaterThanOrEqualTo(end);
                assertThat(whole).as(text).startsWith(words[w]).isNotBlank();
                assertThat(words[w].length()).isLessThanOrEqualTo(SentenceScan.LONGEST_WORD);
                assertThat(words[w].length() == whole.length() || words[w].length() >= SentenceScan.LONGEST_WORD - 1)
                        .isTrue();
                assertWholePairs(text, scan.start(w));
                assertWholePairs(text, scan.end(w));
                assertWholePairs(text, scan.start(w) + words[w].length());
                end = scan.end(w);
                seen.set(scan.start(w), end);
            }
        }
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            assertThat(seen.get(i))
                    .as("%s at %d", text, i)
                    .isNotEqualTo(Character.isWhitespace(c) || Character.isSpaceChar(c));
        }
    }

    private static void assertWholePairs(String text, int at) {
        if (at > 0 && at < text.length()) {
            assertThat(Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)))
                    .as("%s at %d", text, at)
                    .isFalse();
        }
    }

    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        for (SentenceScan scan = new SentenceScan(text); scan.next(); ) {
            sentences.add(String.join(" ", Arrays.asList(scan.words())));
        }
        return sentences;
    }
}
