package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Tokens;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final int CLS = 101;
    private static final int SEP = 102;
    private static final int UNKNOWN = 100;

    private final DjlModel model = SharedModel.fp32();

    @Test
    void specialTokensStandAroundTheText() {
        assertThat(tokens("hello").ids()).containsExactly(CLS, 7592, SEP);
        assertThat(tokens("").ids()).containsExactly(CLS, SEP);
    }

    @Test
    void aTextThatJustFitsIsWhole() {
        Tokens fits = tokens("word ".repeat(254));
        Tokens tooLong = tokens("word ".repeat(255));

        assertThat(fits.count()).isEqualTo(256);
        assertThat(fits.truncated()).isFalse();
        assertThat(tooLong.count()).isEqualTo(256);
        assertThat(tooLong.truncated()).isTrue();
        assertThat(tooLong.ids()).isEqualTo(fits.ids()).endsWith(SEP);
    }

    @Test
    void aMegabyteCostsLittleMoreThanAPage() {
        List<String> texts =
                List.of("ab cd ef ".repeat(110_000), "漢字".repeat(300_000), "a.".repeat(500_000), "😀 ".repeat(300_000));
        model.tokenize(texts);
        long started = System.nanoTime();

        List<Tokens> tokens = model.tokenize(texts);

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)).isLessThan(1_000);
        assertThat(tokens).allMatch(Tokens::truncated).allMatch(t -> t.count() == 256);
    }

    @Test
    void aTextThatIsLongOnlyInBlanksIsReadToItsEnd() {
        Tokens padded = tokens(" ".repeat(200_000) + "hello");

        assertThat(padded.ids()).containsExactly(CLS, 7592, SEP);
        assertThat(padded.truncated()).isFalse();
    }

    @Test
    void oneEndlessWordIsUnknownAndWhole() {
        assertThat(tokens("x".repeat(200_000)).ids()).containsExactly(CLS, UNKNOWN, SEP);
        assertThat(tokens("x".repeat(200_000)).truncated()).isFalse();
    }

    @Test
    void whatIsCutBeforeTokenizingIsTheSameAsWhatIsCutAfter() {
        // the same words, with and without so much after them that only the beginning is read
        String beginning = "the gate opens, the basin spills; why? ".repeat(60);

        assertThat(tokens(beginning + "tail ".repeat(100_000)).ids())
                .isEqualTo(tokens(beginning + "tail").ids());
    }

    @Test
    void halfASurrogatePairAndControlCharactersAreText() {
        String half = "\ud83d";

        assertThat(tokens("lone " + half + " x").ids())
                .isEqualTo(tokens("lone \ufffd x").ids());
        assertThat(tokens("nul \u0000 y").count()).isGreaterThan(2);
        assertThat(Tokenizer.head("ab" + "😀", 3)).isEqualTo("ab");
        assertThat(Tokenizer.head("ab" + "😀", 4)).isEqualTo("ab😀");
        assertThat(Tokenizer.head(half + "ab", 3)).isEqualTo("\ufffdab");
    }

    private Tokens tokens(String text) {
        return model.tokenize(List.of(text)).get(0);
    }
}
