package dev.forebay.deploy.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.forebay.processors.redact.Tokens;
import java.util.function.Function;

/** Restores tokens among any bytes: each byte is taken for a character, which loses none, whatever the text is written in. */
final class Bytes {
    private final Tokens tokens;
    private final RestoreCounts counts;
    private final Function<String, byte[]> encoder;

    /** @param encoder writes an original */
    Bytes(Tokens tokens, RestoreCounts counts, Function<String, byte[]> encoder) {
        this.tokens = tokens;
        this.counts = counts;
        this.encoder = encoder;
    }

    byte[] restore(byte[] bytes, int from, int to, String tenant) {
        String text = new String(bytes, from, to - from, ISO_8859_1);
        return tokens.restore(text, tenant, new Tokens.Restoring() {
                    @Override
                    public String written(String original) {
                        counts.addRestored();
                        return new String(encoder.apply(original), ISO_8859_1);
                    }

                    @Override
                    public void left() {
                        counts.addLeft();
                    }
                })
                .getBytes(ISO_8859_1);
    }
}
