package dev.forebay.processors.verdict;

import dev.forebay.processors.control.InForce;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.rule.Facts;
import dev.forebay.processors.rule.UndecidedException;
import dev.forebay.processors.verdict.Shape.Shaped;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules on results: blocked or reviewed as the moderation says, reviewed where the model is unsure or a rule has no answer,
 * else sent where the routes say, else to the results. Pure; safe for use by several threads.
 */
final class VerdictPolicy {
    private static final Shaped AS_IT_IS = new Shaped(Optional.empty(), Map.of(), Optional.empty());

    private final VerdictConfig config;
    private final @Nullable Long version;
    private final Topics topics;
    private final Trail trail;

    VerdictPolicy(InForce<VerdictConfig> inForce, Topics topics, Trail trail) {
        this.config = inForce.policy();
        this.version = inForce.version();
        this.topics = topics;
        this.trail = trail;
    }

    /** Of the change that made it so; null where the configuration file alone counts. */
    @Nullable Long version() {
        return version;
    }

    /** At least one; several only where a result may take all routes that match. */
    List<Ruling> rule(Result result) {
        Facts facts = Facts.of(result);
        try {
            Optional<Moderation.Rule> rule = config.moderation().rule(facts);
            noteModeration(rule);
            return rule.isPresent() ? moderated(result, facts, rule.get()) : released(result, facts, null);
        } catch (UndecidedException e) {
            return List.of(review(result, null, "A rule has no answer: " + e.getMessage() + "."));
        }
    }

    private void noteModeration(Optional<Moderation.Rule> rule) {
        if (!config.moderation().rules().isEmpty()) {
            trail.note("moderate", () -> rule.map(held -> "rule " + held.name() + " holds: "
                            + held.action().name().toLowerCase(Locale.ROOT))
                    .orElse("no rule holds"));
        }
    }

    private List<Ruling> moderated(Result result, Facts facts, Moderation.Rule rule) throws UndecidedException {
        return switch (rule.action()) {
            case ALLOW -> released(result, facts, rule.name());
            // Whatever follows, a field of a route for one, sees the masked text only.
            case MASK -> masked(Mask.over(result), rule.name());
            case REVIEW ->
                List.of(review(result, rule.name(), "The rule " + rule.name() + " holds" + evidence(result) + "."));
            case BLOCK ->
                List.of(new Ruling.Blocked(
                        result,
                        new Reason(
                                ReasonCode.OUTPUT_BLOCKED,
                                "The rule " + rule.name() + " of verdict.moderation blocks what the model said"
                                        + evidence(result) + "."),
                        version));
        };
    }

    private List<Ruling> masked(Result result, String rule) throws UndecidedException {
        return released(result, Facts.of(result), rule);
    }

    private List<Ruling> released(Result result, Facts facts, @Nullable String rule) throws UndecidedException {
        Optional<String> doubt = config.abstention().reasonToReview(result);
        return doubt.isPresent() ? List.of(review(result, rule, doubt.get())) : routed(result, facts, rule, null);
    }

    /** A result that a person has released goes where the routes say; where they have no answer, to the results. */
    List<Ruling> release(Result result, String reviewer) {
        Verdict before = result.getVerdict();
        @Nullable String rule = before == null ? null : before.getRule();
        try {
            return routed(result, Facts.of(result), rule, reviewer);
        } catch (UndecidedException e) {
            // To a person again would be for ever.
            return List.of(unrouted(result, rule, reviewer));
        }
    }

    private List<Ruling> routed(Result result, Facts facts, @Nullable String rule, @Nullable String reviewer)
            throws UndecidedException {
        List<Ruling> rulings = new ArrayList<>();
        for (Route route : config.router().routes(facts)) {
            Verdict verdict = new Verdict(Decision.RELEASED, route.name(), null, rule, reviewer, version);
            trail.note("route", () -> route.name() + " matches");
            rulings.add(new Ruling.Delivered(
                    route.to(), decided(result, verdict, null), route.shape().of(result, facts)));
        }
        if (rulings.isEmpty()) {
            trail.note("route", () -> config.router().routes().isEmpty() ? "there are no routes" : "no route matches");
        }
        return rulings.isEmpty() ? List.of(unrouted(result, rule, reviewer)) : rulings;
    }

    private Ruling unrouted(Result result, @Nullable String rule, @Nullable String reviewer) {
        Verdict verdict = new Verdict(Decision.RELEASED, null, null, rule, reviewer, version);
        return new Ruling.Delivered(topics.results(), decided(result, verdict, null), AS_IT_IS);
    }

    private Ruling review(Result result, @Nullable String rule, String reason) {
        trail.note("review", () -> reason);
        Verdict verdict = new Verdict(Decision.REVIEW, null, reason, rule, null, version);
        return new Ruling.Delivered(topics.review(), decided(result, verdict, result.getText()), AS_IT_IS);
    }

    private static String evidence(Result result) {
        return result.getOutcome() instanceof Classification found
                ? ": label " + found.getLabel() + ", score " + found.getScore()
                : "";
    }

    /** A verdict that is there already is replaced, and only a person who reviews needs the text. The parts are shared, not copied: vectors are large. */
    private static Result decided(Result result, Verdict verdict, @Nullable String text) {
        return new Result(
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
                verdict,
                text);
    }
}
