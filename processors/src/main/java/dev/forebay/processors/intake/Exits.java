package dev.forebay.processors.intake;

import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.intake.IntakeTopology.Outlets;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that leave one operator of the intake, each for its sink. Safe for use by several threads. */
final class Exits {
    private final Terminals terminals;
    private final Outlets outlets;
    private final PartEvents partEvents;

    Exits(Terminals terminals, Outlets outlets, PartEvents partEvents) {
        this.terminals = terminals;
        this.outlets = outlets;
        this.partEvents = partEvents;
    }

    /** The way of what came of an event: marked with it where it was taken apart, and with no other. */
    Hop marked(Hop hop, Taken taken) {
        return partEvents.marked(hop, taken.event());
    }

    /** That an event was taken apart, for who waits for it to be whole; empty where nobody does. */
    Optional<Departure> apart(Hop hop, Taken taken) {
        return taken.event().flatMap(event -> taken.apart(hop.event().position())
                .flatMap(apart -> partEvents.taken(hop, event, apart, outlets.partEvents())));
    }

    /** The request for the worker, on the topic of its lane. */
    Departure work(Hop hop, Request request) {
        return work(hop, request, terminals.work(request));
    }

    /** The same of a request that goes on as it was admitted, whose bytes are the event's. */
    Departure metered(Hop hop, Request request) {
        return work(
                hop,
                request,
                terminals.work(request, Objects.requireNonNull(hop.event().value())));
    }

    private Departure work(Hop hop, Request request, byte[] value) {
        return new Departure(
                hop.onward(request.getRequestId(), value),
                request.getLane() == Lane.BULK ? outlets.workBulk() : outlets.work());
    }

    /** The request for whoever counts those of its tenant. */
    Departure admitted(Hop hop, Request request) {
        return new Departure(
                hop.grouped(request.getRequestId(), terminals.admitted(request), request.getTenant()),
                outlets.admitted());
    }

    /** @param policyVersion of the policy that refused it; null where the configuration file alone counts */
    Departure rejection(Hop hop, Admission.Refused refused, @Nullable Long policyVersion) {
        return new Departure(
                hop.refused(
                        refused.envelope().requestId(),
                        terminals.rejection(refused, hop.now(), policyVersion),
                        refused.reason(),
                        Stage.INTAKE),
                outlets.rejections());
    }

    /** @param requestId what the record is keyed by where its event has no key */
    Departure letter(Hop hop, DeadLetter letter, Reason reason, String requestId) {
        return new Departure(
                hop.refused(requestId, terminals.deadLetter(letter), reason, Stage.INTAKE), outlets.deadLetters());
    }
}
