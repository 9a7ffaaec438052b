package dev.forebay.deploy.faults;

import java.util.Map;

/**
 * A terminal record as it was read.
 *
 * @param position where it was read
 * @param source the input that it ends, as the record itself says or as found by its request id
 * @param content of the result; the reason code of any other kind
 * @param original of a dead letter: the bytes that it carries, in hex; the headers likewise
 */
record Terminal(
        Kind kind,
        String requestId,
        Position position,
        Position source,
        String content,
        String original,
        Map<String, String> headers) {
    enum Kind {
        RESULT,
        REJECTION,
        DEAD_LETTER
    }
}
