package dev.forebay.processors.verdict;

import dev.forebay.processors.event.Reason;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import java.util.List;

/** The operator {@code decide}: an outcome becomes results with their verdict, a rejection or a dead letter. */
final class VerdictStop implements Stop {
    private final VerdictPolicy policy;
    private final Codec<Result> outcomes;
    private final Departures departures;

    VerdictStop(VerdictPolicy policy, Codec<Result> outcomes, Departures departures) {
        this.policy = policy;
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
                                .orElseGet(() -> departures.of(hop, policy.rule(good.value()))),
                        bad -> List.of(departures.dead(
                                hop,
                                new Reason(bad.code(), bad.message()),
                                hop.event().header(Headers.REQUEST_ID).orElse(null))));
    }
}
