package dev.forebay.processors.intake;

import dev.forebay.processors.control.InForce;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.quota.Buckets;
import dev.forebay.processors.quota.Quotas;
import dev.forebay.processors.quota.Shortage;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator {@code meter}: an admitted request goes to the worker while its tenant's quota lasts. */
final class MeterStop implements Stop {
    private static final DeadLetters LETTERS = new DeadLetters(Stage.INTAKE);

    private final Codec<Request> admitted;
    private final Duplicates duplicates;
    private final LivePolicy<IntakeConfig> policy;
    private final Buckets buckets;
    private final Exits exits;
    private final Trail trail;

    MeterStop(
            Codec<Request> admitted,
            Duplicates duplicates,
            LivePolicy<IntakeConfig> policy,
            Buckets buckets,
            Exits exits,
            Trail trail) {
        this.admitted = admitted;
        this.duplicates = duplicates;
        this.policy = policy;
        this.buckets = buckets;
        this.exits = exits;
        this.trail = trail;
    }

    @Override
    public List<Departure> pass(Hop grouped) {
        Departure departure = admitted.decode(grouped.event().value())
                .fold(
                        good -> grouped.refusal()
                                .map(refusal -> dead(
                                        grouped, refusal.reason(), good.value().getRequestId()))
                                .orElseGet(() -> metered(grouped.ungrouped(), good.value())),
                        bad -> dead(
                                grouped,
                                new Reason(bad.code(), bad.message()),
                                grouped.event().header(Headers.REQUEST_ID).orElse(null)));
        return List.of(departure);
    }

    private Departure metered(Hop hop, Request request) {
        InForce<IntakeConfig> inForce = policy.get();
        Quotas quotas = inForce.policy().quotas();
        Optional<Shortage> shortage = buckets.shortage(quotas, request.getTenant(), hop.now());
        return shortage.filter(found -> !found.allowsBulk())
                .map(Shortage::reason)
                // A request that was refused may be sent again under its id, and one that is a duplicate takes nothing.
                .or(() -> duplicates.refuse(request, hop.event(), hop.now()))
                .map(reason -> refused(hop, request, reason, inForce.version()))
                .orElseGet(() -> shortage.isPresent() ? demoted(hop, request) : counted(hop, request, quotas));
    }

    private Departure counted(Hop hop, Request request, Quotas quotas) {
        buckets.take(quotas, request.getTenant(), hop.now());
        return exits.metered(hop, request);
    }

    private Departure demoted(Hop hop, Request request) {
        trail.note("quota", () -> "used up; the request goes on as bulk");
        return exits.work(hop, Request.newBuilder(request).setLane(Lane.BULK).build());
    }

    private Departure refused(Hop hop, Request request, Reason reason, @Nullable Long policyVersion) {
        trail.note("quota", () -> reason.code().code() + ": " + reason.message());
        return exits.rejection(hop, Envelope.whole(request).refuse(reason), policyVersion);
    }

    /** The letter of the record itself, under the key that it has on its topic. */
    private Departure dead(Hop hop, Reason reason, @Nullable String requestId) {
        DeadLetter letter = hop.refusal().isPresent()
                ? LETTERS.withoutValue(hop.event(), reason, requestId, hop.now())
                : LETTERS.of(hop.event(), reason, requestId, hop.now());
        return exits.letter(
                hop, letter, reason, requestId == null ? hop.event().position().toString() : requestId);
    }
}
