package dev.forebay.processors.verdict;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Rules on results: to a person where the model is unsure, else by the first route that matches, else to the results.
 * Pure; safe for use by several threads.
 */
final class VerdictPolicy {
    private final Abstention abstention;
    private final Router router;
    private final Topics topics;

    VerdictPolicy(VerdictConfig config, Topics topics) {
        this.abstention = config.abstention();
        this.router = config.router();
        this.topics = topics;
    }

    Ruling rule(Result result) {
        return abstention
                .reasonToReview(result)
                .map(reason -> ruling(topics.review(), result, verdict(Decision.REVIEW, null, reason)))
                .orElseGet(() -> router.route(result)
                        .map(route -> ruling(route.to(), result, verdict(Decision.RELEASED, route.name(), null)))
                        .orElseGet(() -> ruling(topics.results(), result, verdict(Decision.RELEASED, null, null))));
    }

    private static Verdict verdict(Decision decision, @Nullable String route, @Nullable String reason) {
        return new Verdict(decision, route, reason);
    }

    /** A verdict that is there already is replaced. The parts are shared, not copied: vectors are large. */
    private static Ruling ruling(Topics.Topic to, Result result, Verdict verdict) {
        return new Ruling(
                to,
                new Result(
                        result.getRequestId(),
                        result.getTask(),
                        result.getTenant(),
                        result.getOutcome(),
                        result.getModel(),
                        result.getCoverage(),
                        result.getTokens(),
                        result.getAttributes(),
                        result.getIssuedAt(),
                        result.getCompletedAt(),
                        verdict));
    }
}
