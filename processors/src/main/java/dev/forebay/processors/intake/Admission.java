package dev.forebay.processors.intake;

import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.record.Request;
import java.util.function.Function;

/** What came of an event: a request, or the reason why there is none. */
sealed interface Admission permits Admission.Admitted, Admission.Refused {
    <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused);

    /** An event that became a request. */
    record Admitted(Request request) implements Admission {
        @Override
        public <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused) {
            return admitted.apply(this);
        }
    }

    /**
     * An event that goes no further; its code's category says whether it becomes a rejection or a dead letter.
     *
     * @param envelope what could be read of the event before it was refused
     */
    record Refused(Reason reason, Envelope envelope) implements Admission {
        /** Says which part of its event was refused. */
        Refused inPart(int number) {
            return new Refused(new Reason(reason.code(), "Part " + number + ": " + reason.message()), envelope);
        }

        @Override
        public <R> R fold(Function<Admitted, R> admitted, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
