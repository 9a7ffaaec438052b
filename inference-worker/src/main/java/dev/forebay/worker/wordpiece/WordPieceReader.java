package dev.forebay.worker.wordpiece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Reads a tokenizer.json, the format of the tokenizers library, as far as it is BERT's: each of its steps has to be one that
 * {@link WordPiece} knows. Truncation and padding do not count.
 */
public final class WordPieceReader {
    private static final String CONTINUATION = "##";
    private static final JsonMapper JSON = new JsonMapper();

    private WordPieceReader() {}

    /** Empty where the file is another kind of tokenizer's. */
    public static Optional<WordPiece> read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        Optional<List<String>> added = added(root.path("added_tokens"));
        Optional<Surroundings> around = surroundings(root.path("post_processor"));
        JsonNode model = root.path("model");
        JsonNode unknown = model.path("vocab").path(model.path("unk_token").asText());
        if (added.isEmpty() || around.isEmpty() || !isBert(root) || !isWordPiece(model) || !unknown.isInt()) {
            return Optional.empty();
        }
        boolean lowercase = root.path("normalizer").path("lowercase").asBoolean();
        int longestWord = model.path("max_input_chars_per_word").asInt();
        WordPiece.Rules rules = new WordPiece.Rules(
                lowercase,
                unknown.asInt(),
                longestWord,
                around.get().opening(),
                around.get().closing(),
                added.get());
        return Optional.of(tokenizer(model.path("vocab"), rules));
    }

    /** Of what the normalizer does, case alone changes printable ASCII. */
    private static boolean isBert(JsonNode root) {
        return isType(root.path("normalizer"), "BertNormalizer")
                && root.path("normalizer").path("lowercase").isBoolean()
                && isType(root.path("pre_tokenizer"), "BertPreTokenizer");
    }

    private static boolean isWordPiece(JsonNode model) {
        return isType(model, "WordPiece")
                && model.path("continuing_subword_prefix").asText().equals(CONTINUATION)
                && model.path("max_input_chars_per_word").isInt();
    }

    private static boolean isType(JsonNode step, String type) {
        return step.path("type").asText().equals(type);
    }

    /** Empty where one of them may be found in a text that does not have it in this form. */
    private static Optional<List<String>> added(JsonNode tokens) {
        List<String> added = new ArrayList<>();
        for (JsonNode token : tokens) {
            String content = token.path("content").asText();
            if (content.isEmpty() || content.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                return Optional.empty();
            }
            added.add(content);
        }
        return Optional.of(added);
    }

    /** The ids around a text. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Surroundings(long[] opening, long[] closing) {}

    private static Optional<Surroundings> surroundings(JsonNode processor) {
        if (isType(processor, "BertProcessing")) {
            return Optional.of(new Surroundings(
                    new long[] {processor.path("cls").path(1).asLong()},
                    new long[] {processor.path("sep").path(1).asLong()}));
        }
        if (!isType(processor, "TemplateProcessing")) {
            return Optional.empty();
        }
        List<Long> opening = new ArrayList<>();
        List<Long> closing = new ArrayList<>();
        List<Long> current = opening;
        for (JsonNode part : processor.path("single")) {
            if (part.has("Sequence")) {
                current = closing;
            } else {
                String name = part.path("SpecialToken").path("id").asText();
                for (JsonNode id : processor.path("special_tokens").path(name).path("ids")) {
                    current.add(id.asLong());
                }
            }
        }
        return current == closing ? Optional.of(new Surroundings(array(opening), array(closing))) : Optional.empty();
    }

    private static long[] array(List<Long> ids) {
        return ids.stream().flatMapToLong(LongStream::of).toArray();
    }

    private static WordPiece tokenizer(JsonNode vocabulary, WordPiece.Rules rules) {
        PieceTrie pieces = new PieceTrie();
        int starts = pieces.newRoot();
        int continuations = pieces.newRoot();
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            String piece = entry.getKey();
            boolean continues = piece.startsWith(CONTINUATION) && piece.length() > CONTINUATION.length();
            // No text that is read here has any other; and a mark such as # is a word by itself.
            if (piece.chars().allMatch(c -> c > ' ' && c <= '~')) {
                pieces.add(
                        continues ? continuations : starts,
                        continues ? piece.substring(CONTINUATION.length()) : piece,
                        entry.getValue().asInt());
            }
        }
        return new WordPiece(pieces, starts, continuations, rules);
    }
}
