package dev.forebay.processors.verdict;

import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.verdict.Shape.Shaped;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Decoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator {@code decide}: an outcome becomes results with their verdict, a rejection or a dead letter. */
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
        return outlets.decode(hop.event().value())
                .fold(
                        good -> hop.refusal()
                                .map(refusal -> List.of(
                                        dead(hop, refusal.reason(), good.value().getRequestId())))
                                .orElseGet(() -> ruled(hop, good.value())),
                        bad -> List.of(unreadable(hop, bad)));
    }

    private List<Departure> ruled(Hop hop, Result result) {
        return policy.rule(result).stream()
                .map(ruling -> ruling.fold(delivered -> delivered(hop, delivered), blocked -> blocked(hop, blocked)))
                .toList();
    }

    private Departure delivered(Hop hop, Ruling.Delivered delivered) {
        Shaped shaped = delivered.shaped();
        return new Departure(
                hop.onward(
                        delivered.result().getRequestId(),
                        outlets.encode(delivered),
                        shaped.key().orElse(null),
                        shaped.headers()),
                Outlets.sink(delivered.to().name()));
    }

    private Departure blocked(Hop hop, Ruling.Blocked blocked) {
        Result result = blocked.result();
        byte[] rejection = outlets.encode(new Rejection(
                result.getRequestId(),
                result.getTask(),
                result.getTenant(),
                blocked.reason().code().code(),
                blocked.reason().message(),
                Stage.VERDICT.label(),
                result.getAttributes(),
                result.getIssuedAt(),
                hop.now()));
        return new Departure(
                hop.refused(result.getRequestId(), rejection, blocked.reason(), Stage.VERDICT),
                outlets.rejectionSink());
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
