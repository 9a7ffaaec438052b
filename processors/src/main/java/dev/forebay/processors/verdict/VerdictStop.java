package dev.forebay.processors.verdict;

import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Decoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator {@code decide}: an outcome becomes a result with its verdict, or a dead letter. */
final class VerdictStop implements Stop {
    private final VerdictPolicy policy;
    private final Outlets outlets;
    private final DeadLetters letters = new DeadLetters(Stage.VERDICT);

    VerdictStop(VerdictPolicy policy, Outlets outlets) {
        this.policy = policy;
        this.outlets = outlets;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        Departure departure = outlets.decode(hop.event().value())
                .fold(
                        good -> hop.refusal()
                                .map(refusal ->
                                        dead(hop, refusal.reason(), good.value().getRequestId()))
                                .orElseGet(() -> ruled(hop, good.value())),
                        bad -> unreadable(hop, bad));
        return List.of(departure);
    }

    private Departure ruled(Hop hop, Result result) {
        Ruling ruling = policy.rule(result);
        return new Departure(
                hop.onward(result.getRequestId(), outlets.encode(ruling)),
                Outlets.sink(ruling.to().name()));
    }

    private Departure unreadable(Hop hop, Decoded.Bad<Result> bad) {
        Reason reason = new Reason(bad.code(), bad.message());
        String requestId = hop.event().header(Headers.REQUEST_ID).orElse(null);
        return dead(hop, reason, requestId);
    }

    private Departure dead(Hop hop, Reason reason, @Nullable String requestId) {
        DeadLetter letter = hop.refusal().isPresent()
                ? letters.withoutValue(hop.event(), reason, requestId, hop.now())
                : letters.of(hop.event(), reason, requestId, hop.now());
        String key = requestId == null ? hop.event().position().toString() : requestId;
        return new Departure(hop.refused(key, outlets.encode(letter), reason, Stage.VERDICT), outlets.deadLetterSink());
    }
}
