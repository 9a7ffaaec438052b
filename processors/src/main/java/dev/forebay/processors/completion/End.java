package dev.forebay.processors.completion;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, or that it waits for a person.
 *
 * @param label of a result that has one, with its score
 * @param code of a rejection or dead letter
 * @param at in milliseconds since 1970
 */
public record End(EndKind kind, @Nullable String label, @Nullable Double score, @Nullable String code, long at) {

    /** @param now when the verdict decided */
    public static End of(Result result, Instant now) {
        boolean waits = result.getVerdict() != null && result.getVerdict().getDecision() == Decision.REVIEW;
        EndKind kind = waits ? EndKind.REVIEW : EndKind.RESULT;
        return result.getOutcome() instanceof Classification found
                ? new End(kind, found.getLabel(), found.getScore(), null, now.toEpochMilli())
                : new End(kind, null, null, null, now.toEpochMilli());
    }

    static End of(Rejection rejection) {
        return new End(
                EndKind.REJECTION,
                null,
                null,
                rejection.getCode(),
                rejection.getRejectedAt().toEpochMilli());
    }

    static End of(DeadLetter letter) {
        return new End(
                EndKind.DEAD_LETTER,
                null,
                null,
                letter.getCode(),
                letter.getFailedAt().toEpochMilli());
    }

    boolean isFinal() {
        return kind != EndKind.REVIEW;
    }

    /** That of another request with the same id, where there is one. */
    boolean isOfDuplicate() {
        return kind == EndKind.REJECTION && ReasonCode.DUPLICATE.code().equals(code);
    }

    /**
     * Whether it is the truth after another. A result stays; of refusals the later one counts, whichever is read first; and
     * what only came twice is no news.
     */
    boolean replaces(End former) {
        if (former.kind == EndKind.RESULT || kind == EndKind.RESULT) {
            return former.kind != EndKind.RESULT;
        }
        if (!former.isFinal() && isFinal()) {
            return true;
        }
        boolean same = kind == former.kind && (code == null || code.equals(former.code));
        return !same && at > former.at;
    }
}
