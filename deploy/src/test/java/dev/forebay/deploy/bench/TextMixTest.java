package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextMixTest {
    /** As a word-piece tokenizer counts: words and full stops one each, and two around the text. */
    private static final TextMix MIX =
            new TextMix(texts -> texts.stream().map(TextMixTest::tokens).toList());

    @Test
    void sameSeedGivesTheSameTextsAndAnotherSeedGivesOthers() {
        assertThat(MIX.texts(50, 7)).isEqualTo(MIX.texts(50, 7)).isNotEqualTo(MIX.texts(50, 8));
        assertThat(MIX.texts(80, 7)).startsWith(MIX.texts(50, 7).toArray(String[]::new));
    }

    @Test
    void noTwoTextsAreEqual() {
        assertThat(MIX.texts(20_000, 1)).doesNotHaveDuplicates();
    }

    @Test
    void lengthsHaveALongTail() {
        List<Double> lengths =
                MIX.texts(20_000, 1).stream().map(text -> (double) tokens(text)).toList();

        assertThat(lengths).allSatisfy(length -> assertThat(length)
                .isBetween((double) TextMix.SHORTEST, (double) TextMix.LONGEST));
        assertThat(Statistics.median(lengths)).isCloseTo(31, within(2.0));
        assertThat(lengths.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .isCloseTo(47, within(2.5));
    }

    private static int tokens(String text) {
        return 2 + (int) Stream.of(text.replace(".", " .").split(" ")).count();
    }
}
