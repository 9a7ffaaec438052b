package dev.forebay.worker.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private static final String JSON =
            """
            {"added_tokens": [{"id": 1, "content": "[CLS]"}, {"id": 2, "content": "[SEP]"}, {"id": 3, "content": "Brand"}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
              "single": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {"id": "A"}}, {"SpecialToken": {"id": "[SEP]"}}],
              "special_tokens": {"[CLS]": {"ids": [1]}, "[SEP]": {"ids": [2]}}},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 8,
              "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "lock": 10, "##s": 11, "##age": 12, "lo": 13, "##ckage": 14,
               "#": 15, "##": 16, ".": 17, "s": 18, "é": 19, "[": 20, "cls": 21, "##x": 22}}}
            """;

    private final WordPiece tokenizer = read(JSON).orElseThrow();

    @Test
    void longestPieceIsTakenFirst() {
        assertThat(tokenizer.ids("lock")).containsExactly(1, 10, 2);
        assertThat(tokenizer.ids("locks")).containsExactly(1, 10, 11, 2);
        assertThat(tokenizer.ids("lockage")).containsExactly(1, 10, 12, 2);
        assertThat(tokenizer.ids("LOckS")).containsExactly(1, 10, 11, 2);
    }

    @Test
    void wordThatTheVocabularyCannotEndIsUnknownWhole() {
        assertThat(tokenizer.ids("lockq s")).containsExactly(1, 0, 18, 2);
        assertThat(tokenizer.ids("qlock")).containsExactly(1, 0, 2);
    }

    @Test
    void wordThatIsTooLongIsUnknown() {
        assertThat(tokenizer.ids("lockages")).containsExactly(1, 10, 12, 11, 2);
        assertThat(tokenizer.ids("lockagess")).containsExactly(1, 0, 2);
    }

    @Test
    void marksAreWordsOfTheirOwn() {
        assertThat(tokenizer.ids("lock.s##[")).containsExactly(1, 10, 17, 18, 15, 15, 20, 2);
        assertThat(tokenizer.ids(" \t lock\r\n. ")).containsExactly(1, 10, 17, 2);
        assertThat(tokenizer.ids("")).containsExactly(1, 2);
    }

    @Test
    void whatIsNotPrintableAsciiIsForAnother() {
        assertThat(tokenizer.ids("lock é")).isNull();
        assertThat(tokenizer.ids("lock\u0000s")).isNull();
        assertThat(tokenizer.ids("lock\u007f")).isNull();
        assertThat(tokenizer.ids("lock\u00a0s")).isNull();
    }

    @Test
    void textWithAnAddedTokenIsForAnother() {
        assertThat(tokenizer.ids("lock[cls]")).isNull();
        assertThat(tokenizer.ids("brand")).isNull();
        assertThat(tokenizer.ids("lockBRANDs")).isNull();
        assertThat(tokenizer.ids("[cls")).containsExactly(1, 20, 21, 2);
    }

    @Test
    void caseStaysWhereTheTokenizerKeepsIt() {
        WordPiece cased = read(JSON.replace("\"lowercase\": true", "\"lowercase\": false"))
                .orElseThrow();

        assertThat(cased.ids("lock LOCK")).containsExactly(1, 10, 0, 2);
    }

    @Test
    void bertsOwnProcessorSurroundsAsATemplateDoes() {
        String own = JSON.replaceAll(
                "(?s)\"post_processor\".*?\\]}}}",
                "\"post_processor\": {\"type\": \"BertProcessing\", \"sep\": [\"x\", 7], \"cls\": [\"y\", 6]}");

        assertThat(read(own).orElseThrow().ids("lock")).containsExactly(6, 10, 7);
    }

    @Test
    void anotherTokenizerIsNotRead() {
        assertThat(read(JSON.replace("BertNormalizer", "Lowercase"))).isEmpty();
        assertThat(read(JSON.replace("BertPreTokenizer", "Whitespace"))).isEmpty();
        assertThat(read(JSON.replace("\"WordPiece\"", "\"Unigram\""))).isEmpty();
        assertThat(read(JSON.replace("TemplateProcessing", "RobertaProcessing")))
                .isEmpty();
        assertThat(read(JSON.replace("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"<unk>\"")))
                .isEmpty();
        assertThat(read(JSON.replace("\"##\",", "\"@@\","))).isEmpty();
        assertThat(read(JSON.replace("Brand", "two words"))).isEmpty();
        assertThat(read(JSON.replace("Brand", "Märke"))).isEmpty();
        assertThat(read("{}")).isEmpty();
    }

    private static Optional<WordPiece> read(String json) {
        try {
            return WordPieceReader.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
