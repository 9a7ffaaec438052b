package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import java.time.Instant;

/** The way of one event of one source: measured, mapped, admitted. Pure; safe for use by several threads. */
final class Intake {
    private final AdmissionPolicy policy;
    private final EventMapping mapping;

    Intake(AdmissionPolicy policy, EventMapping mapping) {
        this.policy = policy;
        this.mapping = mapping;
    }

    Taken take(Event event, Instant now) {
        Envelope envelope = mapping.envelope(event, now);
        return policy.refuseUnread(event)
                .map(reason -> Taken.whole(envelope.refuse(reason)))
                .orElseGet(() -> mapping.map(event, envelope))
                .map(admission -> admission.fold(admitted -> admit(admitted, now), refused -> refused));
    }

    private Admission admit(Admission.Admitted admitted, Instant now) {
        return policy.refuse(admitted.request(), now)
                .<Admission>map(reason -> Envelope.whole(admitted.request()).refuse(reason))
                .orElse(admitted);
    }
}
