package dev.forebay.processors.verdict;

import dev.forebay.processors.event.Reason;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import java.util.List;
import java.util.function.Supplier;

/** The operator {@code decide}: an outcome becomes results with their verdict, a rejection or a dead letter. */
final class VerdictStop implements Stop {
    private final Supplier<VerdictPolicy> policies;
    private final Codec<Result> outcomes;
    private final Departures departures;

    /** @param policies give the policy of the moment */
    VerdictStop(Supplier<VerdictPolicy> policies, Codec<Result> outcomes, Departures departures) {
        this.policies = policies;
        this.outcomes = outcomes;
        this.departures = departures;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        return outcomes.decode(hop.event().value())
                .fold(
                        good -> hop.refusal()
                                .map(refusal -> List.of(departures.dead(
                                        hop, refusal.reason(), good.value().getRequestId())))
                                .orElseGet(
                                        () -> departures.of(hop, policies.get().rule(good.value()))),
                        bad -> List.of(departures.dead(
                                hop,
                                new Reason(bad.code(), bad.message()),
                                hop.event().header(Headers.REQUEST_ID).orElse(null))));
    }
}
