package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.Variant;
import dev.forebay.worker.wordpiece.WordPiece;
import dev.forebay.worker.wordpiece.WordPieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /** Pieces of the vocabulary and characters in any order and case, with what it leaves to the library among them. */
    @Test
    void simpleTokenizerGivesWhatTheLibraryGives() throws IOException {
        byte[] json = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {})
                .read(InstalledModel.TOKENIZER);
        WordPiece simple = WordPieceReader.read(json).orElseThrow();
        List<String> pieces = new ArrayList<>();
        new JsonMapper().readTree(json).path("model").path("vocab").fieldNames().forEachRemaining(pieces::add);
        Random random = new Random(5);
        List<String> texts = Stream.generate(() -> text(random, pieces))
                .limit(Integer.getInteger("forebay.tokenizer.texts", 20_000))
                .toList();

        try (Tokenizer both = new Tokenizer(json, 256);
                Tokenizer library = new Tokenizer(json, 256, Optional.empty())) {
            List<Tokens> ours = both.tokenize(texts);
            List<Tokens> theirs = library.tokenize(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(ours.get(i).ids())
                        .as(texts.get(i))
                        .isEqualTo(theirs.get(i).ids());
                assertThat(ours.get(i).truncated()).isEqualTo(theirs.get(i).truncated());
            }
        }
        assertThat(texts.stream().filter(text -> simple.ids(text) != null).count())
                .isBetween(texts.size() / 4L, texts.size() * 3L / 4);
    }

    private static String text(Random random, List<String> pieces) {
        StringBuilder text = new StringBuilder();
        int ascii = random.nextInt(3);
        for (int parts = random.nextInt(60); parts > 0; parts--) {
            if (random.nextInt(4) == 0) {
                int bound = ascii > 0 ? '~' + 1 : random.nextInt(20) == 0 ? Character.MAX_CODE_POINT : 0x250;
                int c = random.nextInt(bound);
                text.appendCodePoint(c < ' ' && ascii > 0 ? '\n' : c);
            } else {
                String piece = pieces.get(random.nextInt(pieces.size()));
                String plain = ascii == 2 ? piece.replaceAll("[^!-~]", "-") : piece;
                text.append(random.nextInt(5) == 0 ? plain.toUpperCase(Locale.ROOT) : plain);
            }
            text.append(random.nextInt(3) == 0 ? "" : random.nextInt(9) == 0 ? "\t" : " ");
        }
        return text.toString();
    }

    private Tokens tokens(String text) {
        return model.tokenize(List.of(text)).get(0);
    }
}
