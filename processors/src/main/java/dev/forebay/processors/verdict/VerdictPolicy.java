package dev.forebay.processors.verdict;

import dev.forebay.processors.confidence.Confidence;
import dev.forebay.processors.confidence.Uncalibrated;
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
    private final Uncalibrated uncalibrated;
    private final Trail trail;

    VerdictPolicy(InForce<VerdictConfig> inForce, Topics topics, Uncalibrated uncalibrated, Trail trail) {
        this.config = inForce.policy();
        this.version = inForce.version();
        this.topics = topics;
        this.uncalibrated = uncalibrated;
        this.trail = trail;
    }

    /** Of the change that made it so; null where the configuration file alone counts. */
    @Nullable Long version() {
        return version;
    }

    /** At least one; several only where a result may take all routes that match. */
    List<Ruling> rule(Result result) {
        Confidence confidence = confidence(result);
        Case open = new Case(result, confidence, null, null);
        try {
            Optional<Moderation.Rule> rule = config.moderation().rule(open.facts());
            noteModeration(rule);
            return rule.isPresent() ? moderated(open.under(rule.get().name()), rule.get()) : released(open);
        } catch (UndecidedException e) {
            return List.of(review(open, "A rule has no answer: " + e.getMessage() + "."));
        }
    }

    private Confidence confidence(Result result) {
        Confidence confidence = config.calibrations().of(result);
        confidence.described().ifPresent(what -> trail.note("calibrate", () -> what));
        if (confidence instanceof Confidence.Unknown unknown) {
            uncalibrated.note(unknown);
        }
        return confidence;
    }

    private void noteModeration(Optional<Moderation.Rule> rule) {
        if (!config.moderation().rules().isEmpty()) {
            trail.note("moderate", () -> rule.map(held -> "rule " + held.name() + " holds: "
                            + held.action().name().toLowerCase(Locale.ROOT))
                    .orElse("no rule holds"));
        }
    }

    private List<Ruling> moderated(Case open, Moderation.Rule rule) throws UndecidedException {
        return switch (rule.action()) {
            case ALLOW -> released(open);
            // Whatever follows, a field of a route for one, sees the masked text only.
            case MASK -> released(open.with(Mask.over(open.result)));
            case REVIEW -> List.of(review(open, "The rule " + rule.name() + " holds" + evidence(open) + "."));
            case BLOCK ->
                List.of(new Ruling.Blocked(
                        open.result,
                        new Reason(
                                ReasonCode.OUTPUT_BLOCKED,
                                "The rule " + rule.name() + " of verdict.moderation blocks what the model said"
                                        + evidence(open) + "."),
                        version));
        };
    }

    private List<Ruling> released(Case open) throws UndecidedException {
        Optional<String> doubt = config.abstention().reasonToReview(open.result.getTask(), open.confidence);
        return doubt.isPresent() ? List.of(review(open, doubt.get())) : routed(open);
    }

    /** A result that a person has released, as the model labelled it. */
    List<Ruling> release(Result result, String reviewer) {
        return release(result, confidence(result), reviewer);
    }

    /** A result that a person has released goes where the routes say; where they have no answer, to the results. */
    List<Ruling> release(Result result, Confidence confidence, String reviewer) {
        Verdict before = result.getVerdict();
        Case open = new Case(result, confidence, before == null ? null : before.getRule(), reviewer);
        try {
            return routed(open);
        } catch (UndecidedException e) {
            // To a person again would be for ever.
            return List.of(unrouted(open));
        }
    }

    private List<Ruling> routed(Case open) throws UndecidedException {
        List<Ruling> rulings = new ArrayList<>();
        Facts facts = open.facts();
        for (Route route : config.router().routes(facts)) {
            trail.note("route", () -> route.name() + " matches");
            rulings.add(new Ruling.Delivered(
                    route.to(),
                    decided(open.result, open.released(route.name(), version), null),
                    route.shape().of(open.result, facts)));
        }
        if (rulings.isEmpty()) {
            trail.note("route", () -> config.router().routes().isEmpty() ? "there are no routes" : "no route matches");
        }
        return rulings.isEmpty() ? List.of(unrouted(open)) : rulings;
    }

    private Ruling unrouted(Case open) {
        return new Ruling.Delivered(
                topics.results(), decided(open.result, open.released(null, version), null), AS_IT_IS);
    }

    private Ruling review(Case open, String reason) {
        trail.note("review", () -> reason);
        Verdict verdict =
                new Verdict(Decision.REVIEW, null, reason, open.rule, null, version, open.confidence.calibrated());
        return new Ruling.Delivered(topics.review(), decided(open.result, verdict, open.result.getText()), AS_IT_IS);
    }

    private static String evidence(Case open) {
        if (!(open.result.getOutcome() instanceof Classification found)) {
            return "";
        }
        Double calibrated = open.confidence.calibrated();
        return ": label " + found.getLabel() + ", score " + found.getScore()
                + (calibrated == null ? "" : ", confidence " + calibrated);
    }

    /**
     * A result on its way to a ruling.
     *
     * @param rule of the moderation that decided so far; null where none did
     * @param reviewer who released it; null where nobody had to
     */
    private record Case(Result result, Confidence confidence, @Nullable String rule, @Nullable String reviewer) {
        Case under(String decidingRule) {
            return new Case(result, confidence, decidingRule, reviewer);
        }

        Case with(Result other) {
            return new Case(other, confidence, rule, reviewer);
        }

        Facts facts() {
            return Facts.of(result, confidence.value());
        }

        Verdict released(@Nullable String route, @Nullable Long version) {
            return new Verdict(Decision.RELEASED, route, null, rule, reviewer, version, confidence.calibrated());
        }
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
