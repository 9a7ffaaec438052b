package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.processors.screen.InputScreen;
import dev.forebay.schemas.record.Request;
import java.time.Instant;

/** The way of one event of one source: measured, mapped, admitted, screened, redacted. Pure; safe for several threads. */
final class Intake {
    private final AdmissionPolicy policy;
    private final EventMapping mapping;
    private final InputScreen screen;
    private final Redaction redaction;

    /** Every text is wanted, and goes on as it is. */
    Intake(AdmissionPolicy policy, EventMapping mapping) {
        this(policy, mapping, InputScreen.none(), Redaction.none());
    }

    Intake(AdmissionPolicy policy, EventMapping mapping, InputScreen screen, Redaction redaction) {
        this.policy = policy;
        this.mapping = mapping;
        this.screen = screen;
        this.redaction = redaction;
    }

    Admission take(Event event, Instant now) {
        Envelope envelope = mapping.envelope(event, now);
        return policy.refuseUnread(event)
                .<Admission>map(envelope::refuse)
                .orElseGet(() -> mapping.map(event, envelope))
                .fold(admitted -> admit(admitted, now), refused -> refused)
                .fold(this::redacted, this::redacted);
    }

    private Admission admit(Admission.Admitted admitted, Instant now) {
        Request request = admitted.request();
        return policy.refuse(request, now)
                .or(() -> screen.refuse(request))
                .<Admission>map(reason -> Envelope.whole(request).refuse(reason))
                .orElse(admitted);
    }

    private Admission redacted(Admission.Admitted admitted) {
        return new Admission.Admitted(redaction.redact(admitted.request()));
    }

    /** A rejection goes on without the text, but with the attributes. */
    private Admission redacted(Admission.Refused refused) {
        return refused.envelope().redactedBy(redaction).refuse(refused.reason());
    }
}
