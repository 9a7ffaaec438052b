package dev.forebay.worker.publish;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a request ends: exactly one of these for each. */
public sealed interface Terminal permits Terminal.Answered, Terminal.Refused, Terminal.Dead {
    <R> R fold(Function<Answered, R> answered, Function<Refused, R> refused, Function<Dead, R> dead);

    /** The model answered. */
    record Answered(Result result) implements Terminal {
        @Override
        public <R> R fold(Function<Answered, R> answered, Function<Refused, R> refused, Function<Dead, R> dead) {
            return answered.apply(this);
        }
    }

    /** The sender has to mend the request. */
    record Refused(Rejection rejection, ReasonCode code) implements Terminal {
        @Override
        public <R> R fold(Function<Answered, R> answered, Function<Refused, R> refused, Function<Dead, R> dead) {
            return refused.apply(this);
        }
    }

    /** The record could not be processed; the original goes with it. */
    record Dead(ReasonCode code, String message, @Nullable String requestId, @Nullable String model)
            implements Terminal {
        @Override
        public <R> R fold(Function<Answered, R> answered, Function<Refused, R> refused, Function<Dead, R> dead) {
            return dead.apply(this);
        }
    }
}
