package dev.forebay.schemas.serde;

import dev.forebay.schemas.ReasonCode;
import java.util.function.Function;

/** What came of decoding a value: the record, or the reason why there is none. */
public sealed interface Decoded<T> permits Decoded.Good, Decoded.Bad {
    <R> R fold(Function<Good<T>, R> good, Function<Bad<T>, R> bad);

    /** A record that could be read. */
    record Good<T>(T value) implements Decoded<T> {
        @Override
        public <R> R fold(Function<Good<T>, R> good, Function<Bad<T>, R> bad) {
            return good.apply(this);
        }
    }

    /**
     * Bytes that are not a record.
     *
     * @param message what was wrong, without the payload
     */
    record Bad<T>(ReasonCode code, String message) implements Decoded<T> {
        @Override
        public <R> R fold(Function<Good<T>, R> good, Function<Bad<T>, R> bad) {
            return bad.apply(this);
        }
    }
}
