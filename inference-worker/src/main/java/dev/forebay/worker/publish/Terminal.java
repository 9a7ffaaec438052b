package dev.forebay.worker.publish;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request that was read: exactly one of these for each. All but {@link Postponed} end it; that one leaves
 * it on a topic, from where it is read again.
 */
public sealed interface Terminal permits Terminal.Answered, Terminal.Refused, Terminal.Dead, Terminal.Postponed {
    <R> R fold(
            Function<Answered, R> answered,
            Function<Refused, R> refused,
            Function<Dead, R> dead,
            Function<Postponed, R> postponed);

    /** The model answered. */
    record Answered(Result result) implements Terminal {
        @Override
        public <R> R fold(
                Function<Answered, R> answered,
                Function<Refused, R> refused,
                Function<Dead, R> dead,
                Function<Postponed, R> postponed) {
            return answered.apply(this);
        }
    }

    /** The sender has to mend the request. */
    record Refused(Rejection rejection, ReasonCode code) implements Terminal {
        @Override
        public <R> R fold(
                Function<Answered, R> answered,
                Function<Refused, R> refused,
                Function<Dead, R> dead,
                Function<Postponed, R> postponed) {
            return refused.apply(this);
        }
    }

    /** The record could not be processed; the original goes with it. */
    record Dead(ReasonCode code, String message, @Nullable String requestId, @Nullable String model)
            implements Terminal {
        @Override
        public <R> R fold(
                Function<Answered, R> answered,
                Function<Refused, R> refused,
                Function<Dead, R> dead,
                Function<Postponed, R> postponed) {
            return dead.apply(this);
        }
    }

    /**
     * What was lacking may come back, so it is tried again.
     *
     * @param otherwise what it ends with where the topic for that does not take it
     */
    record Postponed(Dead otherwise, Instant notBefore) implements Terminal {
        @Override
        public <R> R fold(
                Function<Answered, R> answered,
                Function<Refused, R> refused,
                Function<Dead, R> dead,
                Function<Postponed, R> postponed) {
            return postponed.apply(this);
        }
    }
}
