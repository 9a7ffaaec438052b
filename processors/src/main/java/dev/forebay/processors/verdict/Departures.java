package dev.forebay.processors.verdict;

import dev.forebay.processors.completion.End;
import dev.forebay.processors.completion.EventKey;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Stage;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.verdict.Shape.Shaped;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records that leave the verdict, made of its rulings. Safe for use by several threads. */
final class Departures {
    private final Outlets outlets;
    private final PartEvents partEvents;
    private final DeadLetters letters = new DeadLetters(Stage.VERDICT);

    Departures(Outlets outlets, PartEvents partEvents) {
        this.outlets = outlets;
        this.partEvents = partEvents;
    }

    List<Departure> of(Hop hop, List<Ruling> rulings) {
        List<Departure> departures = new ArrayList<>();
        rulings.forEach(ruling ->
                departures.add(ruling.fold(delivered -> delivered(hop, delivered), blocked -> blocked(hop, blocked))));
        ended(hop, rulings.get(0)).ifPresent(departures::add);
        return departures;
    }

    /** For who waits for a whole event; what is blocked is known by its rejection. */
    private Optional<Departure> ended(Hop hop, Ruling first) {
        return first.fold(
                delivered -> partEvents.ended(
                        hop,
                        delivered.result().getRequestId(),
                        End.of(delivered.result(), hop.now()),
                        outlets.partEventSink()),
                blocked -> Optional.empty());
    }

    /** The way of a decision on a result: marked with the event that the result is part of, whoever wrote it. */
    Hop marked(Hop hop, Result result) {
        return partEvents.marked(hop, EventKey.of(result));
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
                hop.now(),
                blocked.policyVersion()));
        return new Departure(
                hop.refused(result.getRequestId(), rejection, blocked.reason(), Stage.VERDICT),
                outlets.rejectionSink());
    }

    /** The dead letter of the record itself; without its value where what was made of it did not fit before. */
    Departure dead(Hop hop, Reason reason, @Nullable String requestId) {
        DeadLetter letter = hop.refusal().isPresent()
                ? letters.withoutValue(hop.event(), reason, requestId, hop.now())
                : letters.of(hop.event(), reason, requestId, hop.now());
        String key = requestId == null ? hop.event().position().toString() : requestId;
        return new Departure(hop.refused(key, outlets.encode(letter), reason, Stage.VERDICT), outlets.deadLetterSink());
    }
}
