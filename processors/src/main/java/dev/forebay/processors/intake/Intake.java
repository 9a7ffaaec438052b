package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.processors.screen.InputScreen;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Locale;

/** The way of one event of one source: measured, mapped, admitted, screened, redacted. Pure; safe for several threads. */
final class Intake {
    private final AdmissionPolicy policy;
    private final EventMapping mapping;
    private final InputScreen screen;
    private final Redaction redaction;
    private final Trail trail;

    /** Every text is wanted, and goes on as it is. */
    Intake(AdmissionPolicy policy, EventMapping mapping) {
        this(policy, mapping, InputScreen.none(), Redaction.none(), Trail.NONE);
    }

    Intake(AdmissionPolicy policy, EventMapping mapping, InputScreen screen, Redaction redaction, Trail trail) {
        this.policy = policy;
        this.mapping = mapping;
        this.screen = screen;
        this.redaction = redaction;
        this.trail = trail;
    }

    Taken take(Event event, Instant now) {
        Envelope envelope = mapping.envelope(event, now);
        return policy.refuseUnread(event)
                .map(reason -> Taken.whole(envelope.refuse(reason)))
                .orElseGet(() -> mapping.map(event, envelope))
                .map(admission -> admission
                        .fold(admitted -> admit(admitted, now), refused -> refused)
                        .fold(this::redacted, this::redacted));
    }

    private Admission admit(Admission.Admitted admitted, Instant now) {
        Request request = admitted.request();
        trail.note(
                "map",
                () -> "request " + request.getRequestId() + " for " + request.getTask() + ", tenant "
                        + request.getTenant() + ", " + request.getLane().name().toLowerCase(Locale.ROOT));
        return policy.refuse(request, now)
                .or(() -> screen.refuse(request))
                .<Admission>map(reason -> Envelope.whole(request).refuse(reason))
                .orElse(admitted);
    }

    private Admission redacted(Admission.Admitted admitted) {
        Request request = redaction.redact(admitted.request());
        String redacted = request.getAttributes().get(Redaction.ATTRIBUTE);
        if (redacted != null) {
            trail.note("redact", () -> redacted);
        }
        return new Admission.Admitted(request);
    }

    /** A rejection goes on without the text, but with the attributes. */
    private Admission redacted(Admission.Refused refused) {
        trail.note(
                "refuse",
                () -> refused.reason().code().code() + ": " + refused.reason().message());
        return refused.envelope().redactedBy(redaction).refuse(refused.reason());
    }
}
