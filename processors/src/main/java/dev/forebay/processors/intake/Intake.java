package dev.forebay.processors.intake;

import dev.forebay.processors.enrich.Enrichment;
import dev.forebay.processors.event.Attributes;
import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.language.Languages;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.processors.screen.InputScreen;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Locale;

/** The way of one event of one source: measured, mapped, sampled, enriched, admitted, screened, its language told, redacted. Safe for several threads. */
final class Intake {
    private final AdmissionPolicy policy;
    private final EventMapping mapping;
    private final Enrichment enrichment;
    private final InputScreen screen;
    private final Languages languages;
    private final Redaction redaction;
    private final Trail trail;

    /** Every text is wanted, and goes on as it is. */
    Intake(AdmissionPolicy policy, EventMapping mapping) {
        this(policy, mapping, Enrichment.none(), InputScreen.none(), Languages.none(), Redaction.none(), Trail.NONE);
    }

    private Intake(
            AdmissionPolicy policy,
            EventMapping mapping,
            Enrichment enrichment,
            InputScreen screen,
            Languages languages,
            Redaction redaction,
            Trail trail) {
        this.policy = policy;
        this.mapping = mapping;
        this.enrichment = enrichment;
        this.screen = screen;
        this.languages = languages;
        this.redaction = redaction;
        this.trail = trail;
    }

    static Intake of(IntakeConfig config, Sample sample, EventMapping mapping, Enrichment enrichment, Trail trail) {
        AdmissionPolicy policy =
                new AdmissionPolicy(config.maxChars(), config.maxRecordBytes(), config.stoppedTasks(), sample);
        return new Intake(policy, mapping, enrichment, config.screen(), config.languages(), config.redaction(), trail);
    }

    /** @throws dev.forebay.processors.enrich.ReferenceUnavailableException where reference data have to be waited for */
    Taken take(Event event, Instant now) {
        Envelope envelope = mapping.envelope(event, now);
        return policy.refuseUnread(event)
                .map(reason -> Taken.whole(envelope.refuse(reason)))
                .orElseGet(() -> mapping.map(event, envelope))
                .map(admission -> admission
                        .fold(this::sampled, refused -> refused)
                        .fold(admitted -> enrich(admitted, event), refused -> refused)
                        .fold(admitted -> admit(admitted, now), refused -> refused)
                        .fold(this::redacted, this::redacted));
    }

    /** First, so that nothing is spent on what is not taken. */
    private Admission sampled(Admission.Admitted admitted) {
        Request request = admitted.request();
        trail.note(
                "map",
                () -> "request " + request.getRequestId() + " for " + request.getTask() + ", tenant "
                        + request.getTenant() + ", " + request.getLane().name().toLowerCase(Locale.ROOT));
        return policy.refuseUnsampled(request)
                .<Admission>map(reason -> Envelope.whole(request).refuse(reason))
                .orElse(admitted);
    }

    private Admission enrich(Admission.Admitted admitted, Event event) {
        Request request = admitted.request();
        return enrichment
                .enrich(request, event.position())
                .fold(good -> new Admission.Admitted(good.value()), bad -> Envelope.whole(request)
                        .refuse(new Reason(bad.code(), bad.message())));
    }

    private Admission admit(Admission.Admitted admitted, Instant now) {
        Request request = admitted.request();
        return policy.refuse(request, now)
                .or(() -> screen.refuse(request))
                .<Admission>map(reason -> Envelope.whole(request).refuse(reason))
                .orElseGet(() -> inLanguage(request));
    }

    /** Last of what may refuse, as it takes the longest. */
    private Admission inLanguage(Request request) {
        Request told = languages.tell(request);
        if (languages.any()) {
            trail.note("language", () -> told.getAttributes().getOrDefault(Attributes.LANGUAGE, "cannot be told"));
        }
        return languages
                .refuse(told)
                .<Admission>map(reason -> Envelope.whole(told).refuse(reason))
                .orElseGet(() -> new Admission.Admitted(told));
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
