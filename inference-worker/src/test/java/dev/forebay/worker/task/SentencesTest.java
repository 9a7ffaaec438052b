package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final List<String> PARTS = List.of(
            "The gate opens.",
            " ",
            "\n\n",
            "\r\n \r\n",
            "今日は雨です。",
            "😀",
            "👩‍👩‍👧‍👦!",
            "Why?",
            "no end",
            "\t",
            "é",
            "e\u0301",
            "Dr. Who",
            "...",
            "\u2029",
            "\u00a0",
            "x".repeat(700),
            "\u0000",
            "\ud83d",
            "मैं ठीक हूँ।",
            "3.14");

    @Test
    void sentencesEndWhereTheyEnd() {
        assertThat(sentences("One gate. Two gates!  Three gates?\nFour"))
                .containsExactly("One gate.", "Two gates!", "Three gates?", "Four");
    }

    @Test
    void aBlankLineEndsASentence() {
        assertThat(sentences("A heading\n \t\nThe text goes\non here.\r\n\r\nEnd"))
                .containsExactly("A heading", "The text goes\non here.", "End");
    }

    @Test
    void otherScriptsHaveSentences() {
        assertThat(sentences("今日は雨です。明日は晴れます。")).containsExactly("今日は雨です。", "明日は晴れます。");
    }

    @Test
    void aRunWithoutAnEndIsCutAtABlank() {
        List<String> pieces = sentences("word ".repeat(1_000));

        assertThat(pieces).hasSizeGreaterThan(4).allMatch(piece -> piece.length() <= Sentences.MAX_UNITS);
        assertThat(pieces).allMatch(piece -> piece.startsWith("word") && piece.endsWith("word"));
    }

    @Test
    void aRunWithoutBlanksIsNotCutInsideACharacter() {
        List<String> pieces = sentences("a" + "😀".repeat(2_000));

        assertThat(pieces)
                .allMatch(piece -> piece.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
        assertThat(String.join("", pieces)).isEqualTo("a" + "😀".repeat(2_000));
    }

    @Test
    void theNumberOfSentencesIsBoundedAndSaidSo() {
        assertThat(Sentences.of("A b. ".repeat(10), 10).truncated()).isFalse();
        assertThat(Sentences.of("A b. ".repeat(11), 10).truncated()).isTrue();
        assertThat(Sentences.of("A b. ".repeat(11), 10).sentences()).hasSize(10);
        assertThat(Sentences.of("A b.\n\n".repeat(11), 10).truncated()).isTrue();
    }

    @Test
    void aTextOfNothingVisibleIsOneSentence() {
        assertThat(Sentences.of("\u00a0\u0001", 10).sentences()).containsExactly(new Sentences.Sentence(0, 2, 0, 2));
        assertThat(Sentences.of("", 10).sentences()).isEmpty();
    }

    @Test
    void spansPointAtTheSentenceWhateverTheText() {
        for (int seed = 0; seed < 500; seed++) {
            String text = random(seed);
            int at = 0;
            for (Sentences.Sentence sentence : Sentences.of(text, 40).sentences()) {
                String found = text.substring(
                        text.offsetByCodePoints(0, sentence.firstCodePoint()),
                        text.offsetByCodePoints(0, sentence.endCodePoint()));
                assertThat(found)
                        .as("seed %d", seed)
                        .isEqualTo(sentence.in(text))
                        .isNotEmpty();
                assertThat(sentence.start()).as("seed %d", seed).isGreaterThanOrEqualTo(at);
                assertThat(text.substring(at, sentence.start()))
                        .as("seed %d", seed)
                        .matches("[\\s\\p{Z}\\p{Cc}]*");
                at = sentence.end();
            }
        }
    }

    @Test
    void aMegabyteIsCutInNoTime() {
        List<String> texts =
                List.of("x".repeat(1 << 20), "\n".repeat(1 << 20), "a. ".repeat(350_000), "a\n \n".repeat(250_000));
        long started = System.nanoTime();

        texts.forEach(text -> Sentences.of(text, SummarizeTask.MAX_SENTENCES));

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(5);
    }

    private static List<String> sentences(String text) {
        return Sentences.of(text, 100).sentences().stream()
                .map(sentence -> sentence.in(text))
                .toList();
    }

    private static String random(long seed) {
        Random random = new Random(seed);
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            parts.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        return String.join("", parts);
    }
}
