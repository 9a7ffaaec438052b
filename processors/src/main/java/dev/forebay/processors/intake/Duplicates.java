package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Memory;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Optional;

/** Refuses a request whose tenant had one with the same id admitted a short while before. */
final class Duplicates {
    private final Optional<Memory> memory;

    /** @param memory empty where no duplicate is refused */
    Duplicates(Optional<Memory> memory) {
        this.memory = memory;
    }

    /** Why a request is not wanted; where it is, it is remembered. */
    Optional<Reason> refuse(Request request, Event event, Instant now) {
        return memory.flatMap(kept -> refuse(kept, request, event, now));
    }

    private static Optional<Reason> refuse(Memory memory, Request request, Event event, Instant now) {
        String position = event.position().toString();
        if (isMadeOf(position, request.getRequestId())) {
            // Made of the position, so no other record has it.
            return Optional.empty();
        }
        return memory.putIfAbsent(RequestKey.of(request.getTenant(), request.getRequestId()), position, now)
                .filter(former -> !former.equals(position))
                .map(former -> new Reason(
                        ReasonCode.DUPLICATE,
                        "A request with this id was admitted within intake.duplicates.window, from " + former
                                + ". Send each request once, or give it an id of its own."));
    }

    /** True also for a part of the event at that position, and for one task of several. */
    private static boolean isMadeOf(String position, String id) {
        return id.startsWith(position)
                && (id.length() == position.length() || "#/".indexOf(id.charAt(position.length())) >= 0);
    }
}
