package dev.forebay.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Says whether bytes are UTF-8 text; a NUL counts as not, because a JSON parser takes it as a sign of UTF-16. */
final class Utf8Text {
    private static final int CHUNK = 4096;

    private Utf8Text() {}

    /** The position of the first byte that is not UTF-8 text, or a NUL; empty where all are. */
    static Optional<Integer> firstInvalid(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return Optional.of(i);
            }
            if (bytes[i] < 0) {
                return firstUndecodable(bytes, i);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> firstUndecodable(byte[] bytes, int from) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? Optional.of(in.position()) : Optional.empty();
    }
}
