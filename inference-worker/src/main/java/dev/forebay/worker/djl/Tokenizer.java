package dev.forebay.worker.djl;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.wordpiece.WordPiece;
import dev.forebay.worker.wordpiece.WordPieceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's tokenizer, cut to its window. Of a long text only as much is read as fills the window for certain, so a text
 * of a megabyte costs little more than a page; what is given is the same as if all of it had been read.
 */
final class Tokenizer implements AutoCloseable {
    /**
     * Tokens beyond the window that have to be seen before a cut text is trusted. A cut may change the tokens of the
     * word that it falls into, and no tokenizer of this family gives more than 100 to one word.
     */
    private static final int MARGIN = 128;

    private static final int CHARACTERS_PER_TOKEN = 8;
    private static final int GROWTH = 8;

    private final HuggingFaceTokenizer tokenizer;
    private final Optional<WordPiece> simple;
    private final int window;

    /** @param json the content of a tokenizer.json; its own truncation and padding do not count */
    Tokenizer(byte[] json, int window) throws IOException {
        this(json, window, WordPieceReader.read(json));
    }

    /** @param simple that gives the same for the texts that it takes, and faster */
    Tokenizer(byte[] json, int window, Optional<WordPiece> simple) throws IOException {
        Engines.stayOffline();
        this.tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json),
                Map.of("padding", "false", "truncation", "false", "addSpecialTokens", "true"));
        this.simple = simple;
        this.window = window;
    }

    List<Tokens> tokenize(List<String> texts) {
        int limit = (window + MARGIN) * CHARACTERS_PER_TOKEN;
        String[] heads = texts.stream().map(text -> head(text, limit)).toArray(String[]::new);
        List<Ids> all = encode(heads);
        List<Tokens> tokens = new ArrayList<>(texts.size());
        for (int i = 0; i < heads.length; i++) {
            boolean whole = texts.get(i).length() <= limit;
            tokens.add(whole || isEnough(all.get(i)) ? cut(all.get(i)) : longer(texts.get(i), (long) limit * GROWTH));
        }
        return tokens;
    }

    /** A text that has few tokens for its length, say a page of blanks: read more of it until it is enough. */
    private Tokens longer(String text, long limit) {
        Ids ids = encode(new String[] {head(text, limit)}).get(0);
        return text.length() <= limit || isEnough(ids) ? cut(ids) : longer(text, limit * GROWTH);
    }

    private List<Ids> encode(String[] texts) {
        Ids[] all = new Ids[texts.length];
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            all[i] = encodeSimply(texts[i]);
            if (all[i] == null) {
                left.add(i);
            }
        }
        if (!left.isEmpty()) {
            Iterator<Ids> rest = encodeAny(left.stream().map(i -> texts[i]).toArray(String[]::new))
                    .iterator();
            left.forEach(i -> all[i] = rest.next());
        }
        return Arrays.asList(all);
    }

    /** Null where the text needs the whole tokenizer. */
    private @Nullable Ids encodeSimply(String text) {
        if (simple.isEmpty()) {
            return null;
        }
        long[] ids = simple.get().ids(text);
        return ids == null ? null : new Ids(ids, simple.get().closing());
    }

    /** Reads back only what is used: DJL's own {@code batchEncode} makes a string of each token besides. */
    private List<Ids> encodeAny(String[] texts) {
        long[] encodings = TokenizersLibrary.LIB.batchEncode(tokenizer.getHandle(), texts, true);
        List<Ids> all = new ArrayList<>(texts.length);
        try {
            for (long encoding : encodings) {
                long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
                // How many close a text is asked for only where it has to be cut.
                all.add(new Ids(
                        ids, ids.length > window ? closing(TokenizersLibrary.LIB.getSpecialTokenMask(encoding)) : 0));
            }
            return all;
        } finally {
            for (long encoding : encodings) {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        }
    }

    /** @param special 1 for tokens that are no part of the text itself */
    private static int closing(long[] special) {
        int closing = 0;
        while (closing < special.length && special[special.length - 1 - closing] == 1) {
            closing++;
        }
        return closing;
    }

    private boolean isEnough(Ids ids) {
        return ids.ids.length > window + MARGIN;
    }

    private Tokens cut(Ids encoded) {
        long[] ids = encoded.ids;
        if (ids.length <= window) {
            return new Tokens(ids, false);
        }
        int closing = encoded.closing;
        long[] kept = new long[window];
        System.arraycopy(ids, 0, kept, 0, window - closing);
        System.arraycopy(ids, ids.length - closing, kept, window - closing, closing);
        return new Tokens(kept, true);
    }

    /** The first characters of a text, well-formed: half of a surrogate pair becomes the replacement character. */
    static String head(String text, long limit) {
        int end = (int) Math.min(text.length(), limit);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return mended(text, end);
                }
                i++;
            }
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    private static String mended(String text, int end) {
        return text.substring(0, end)
                .codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * The tokens of a text.
     *
     * @param closing how many of them close it and stay where it is cut; 0 where all fit into the window
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ids(long[] ids, int closing) {}

    String version() {
        return tokenizer.getVersion();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
