package dev.forebay.worker.infer;

import java.util.function.Function;

/** What the model gave for one item of a batch. */
public sealed interface Inference permits Inference.Vector, Inference.Invalid {
    <R> R fold(Function<Vector, R> vector, Function<Invalid, R> invalid);

    /** The model's output row, all of it finite. */
    @SuppressWarnings("ArrayRecordComponent") // owned by one item; never compared
    record Vector(float[] values) implements Inference {
        @Override
        public <R> R fold(Function<Vector, R> vector, Function<Invalid, R> invalid) {
            return vector.apply(this);
        }
    }

    /** A row that cannot be used, with the reason. */
    record Invalid(String message) implements Inference {
        @Override
        public <R> R fold(Function<Vector, R> vector, Function<Invalid, R> invalid) {
            return invalid.apply(this);
        }
    }
}
