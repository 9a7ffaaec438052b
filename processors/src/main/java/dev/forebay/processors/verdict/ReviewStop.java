package dev.forebay.processors.verdict;

import dev.forebay.processors.event.Memory;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator {@code apply}: what a person decided takes effect, once for each result. */
final class ReviewStop implements Stop {
    private final Supplier<ReviewPolicy> policies;
    private final Codec<ReviewDecision> decisions;
    private final Departures departures;
    private final Memory decided;

    /** @param policies give the policy of the moment */
    ReviewStop(
            Supplier<ReviewPolicy> policies, Codec<ReviewDecision> decisions, Departures departures, Memory decided) {
        this.policies = policies;
        this.decisions = decisions;
        this.departures = departures;
        this.decided = decided;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        return decisions
                .decode(hop.event().value())
                .fold(
                        good -> applied(hop, good.value()),
                        bad -> List.of(departures.dead(hop, new Reason(bad.code(), bad.message()), null)));
    }

    private List<Departure> applied(Hop hop, ReviewDecision decision) {
        Result result = decision.getResult();
        ReviewPolicy policy = policies.get();
        Optional<Reason> reason = hop.refusal()
                .map(refusal -> refusal.reason())
                .or(() -> policy.refuse(decision))
                .or(() -> unlessFirst(hop, result));
        return reason.isPresent()
                ? List.of(departures.dead(hop, reason.get(), result.getRequestId()))
                : departures.of(departures.marked(hop, result), policy.rule(decision));
    }

    /** Last, so that a decision that was refused can be mended and made again. */
    private Optional<Reason> unlessFirst(Hop hop, Result result) {
        String position = hop.event().position().toString();
        return decided.putIfAbsent(RequestKey.of(result.getTenant(), result.getRequestId()), position, hop.now())
                .filter(former -> !former.equals(position))
                .map(former -> new Reason(
                        ReasonCode.ALREADY_DECIDED,
                        "This result was decided on before, by the record " + former + ". Nothing was done."));
    }
}
