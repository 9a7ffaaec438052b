package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;

/**
 * How a request has to end.
 *
 * @param content of the result; the reason code of any other kind
 */
record Ending(Terminal.Kind kind, String content) {
    static Ending result(String content) {
        return new Ending(Terminal.Kind.RESULT, content);
    }

    static Ending rejected(ReasonCode code) {
        return new Ending(Terminal.Kind.REJECTION, code.code());
    }

    static Ending dead(ReasonCode code) {
        return new Ending(Terminal.Kind.DEAD_LETTER, code.code());
    }
}
