package dev.forebay.processors.verdict;

import dev.forebay.processors.confidence.Confidence;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import java.util.List;
import java.util.Optional;

/** Rules as a person decided: a result is released, released with another label, or rejected. Pure. */
final class ReviewPolicy {
    /** The score of a label that a person gave. */
    private static final double SURE = 1.0;

    private final VerdictPolicy verdict;

    ReviewPolicy(VerdictPolicy verdict) {
        this.verdict = verdict;
    }

    /** Why a decision cannot be carried out; empty where it can. */
    Optional<Reason> refuse(ReviewDecision decision) {
        Result result = decision.getResult();
        if (result.getVerdict() == null || result.getVerdict().getDecision() != Decision.REVIEW) {
            return malformed("Its result was not sent to a review. Decide on records of the review topic.");
        }
        if (decision.getReviewer().isBlank()) {
            return malformed("It names no reviewer.");
        }
        if (decision.getAction() != ReviewAction.RELABEL) {
            return Optional.empty();
        }
        if (!(result.getOutcome() instanceof Classification)) {
            return malformed("Its result has no label that could be changed. Release or reject it.");
        }
        String label = decision.getLabel();
        return label == null || label.isBlank() ? malformed("It gives no label.") : Optional.empty();
    }

    /** @param decision one that is not refused */
    List<Ruling> rule(ReviewDecision decision) {
        return switch (decision.getAction()) {
            case RELEASE -> verdict.release(decision.getResult(), decision.getReviewer());
            case RELABEL ->
                verdict.release(
                        relabelled(decision.getResult(), decision.getLabel()),
                        new Confidence.Score(SURE),
                        decision.getReviewer());
            case REJECT -> List.of(new Ruling.Blocked(decision.getResult(), rejection(decision), verdict.version()));
        };
    }

    private static Reason rejection(ReviewDecision decision) {
        String note = decision.getNote();
        return new Reason(
                ReasonCode.REVIEW_REJECTED,
                decision.getReviewer() + " rejected the result" + (note == null || note.isBlank() ? "." : ": " + note));
    }

    /** The person is sure. */
    private static Result relabelled(Result result, String label) {
        return Result.newBuilder(result)
                .setOutcome(new Classification(label, SURE, List.of(new LabelScore(label, SURE))))
                .build();
    }

    private static Optional<Reason> malformed(String problem) {
        return Optional.of(new Reason(ReasonCode.MALFORMED, "The decision cannot be carried out. " + problem));
    }
}
