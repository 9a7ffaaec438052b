package dev.forebay.processors.format;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes to text, strictly: bad bytes are an answer, never a replacement character. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /** A leading byte order mark is taken off. */
    public static Decoded<String> decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The fast decoder of String tells of bad bytes only by U+FFFD, which a text may also hold rightly.
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes)) {
            return new Decoded.Bad<>(ReasonCode.INVALID_UTF8, "The value is not UTF-8. Convert it and send it again.");
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new Decoded.Good<>(marked ? text.substring(1) : text);
    }

    /** True where every surrogate has its partner; JSON can name one alone, and no UTF-8 can hold it. */
    public static boolean canEncode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
