package dev.forebay.worker.infer;

import dev.forebay.schemas.ReasonCode;
import java.util.function.Function;

/** What came of one item, whatever came of its batch. */
public sealed interface ItemOutcome permits ItemOutcome.Encoded, ItemOutcome.Failed {
    <R> R fold(Function<Encoded, R> encoded, Function<Failed, R> failed);

    /** The model's vector for the item. */
    @SuppressWarnings("ArrayRecordComponent") // owned by one item; never compared
    record Encoded(float[] vector) implements ItemOutcome {
        @Override
        public <R> R fold(Function<Encoded, R> encoded, Function<Failed, R> failed) {
            return encoded.apply(this);
        }
    }

    /**
     * The item failed alone.
     *
     * @param mayPass true where the same item may succeed later, because what was lacking may come back
     */
    record Failed(ReasonCode code, String message, boolean mayPass) implements ItemOutcome {
        @Override
        public <R> R fold(Function<Encoded, R> encoded, Function<Failed, R> failed) {
            return failed.apply(this);
        }
    }
}
