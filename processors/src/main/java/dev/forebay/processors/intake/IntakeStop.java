package dev.forebay.processors.intake;

import dev.forebay.processors.event.Stage;
import dev.forebay.processors.intake.IntakeTopology.Outlets;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.stream.Refusals.Refusal;
import dev.forebay.schemas.ReasonCode.Category;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator {@code admit}: an event, or each part of it, becomes a request, a rejection or a dead letter. */
final class IntakeStop implements Stop {
    private final Intake intake;
    private final Duplicates duplicates;
    private final Terminals terminals;
    private final Outlets outlets;

    IntakeStop(Intake intake, Duplicates duplicates, Terminals terminals, Outlets outlets) {
        this.intake = intake;
        this.duplicates = duplicates;
        this.terminals = terminals;
        this.outlets = outlets;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        Taken taken = intake.take(hop.event(), hop.now());
        EventLetters letters = new EventLetters(taken, hop.event(), hop.now());
        List<Departure> departures = new ArrayList<>();
        taken.admissions().forEach(admission -> {
            Optional<Refusal> refusal = hop.refusal(departures.size());
            Admission ruled = refusal.<Admission>map(noted -> instead(admission, noted))
                    .orElseGet(() -> unlessDuplicate(hop, admission));
            departures.add(ruled.fold(
                    admitted -> admitted(hop, admitted),
                    refused -> refused(hop, refused, letters, refusal.isPresent())));
        });
        return departures;
    }

    /** The dead letter of what cannot become what it should: that was too large for its topic. */
    private static Admission.Refused instead(Admission admission, Refusal refusal) {
        return admission.fold(
                admitted -> Envelope.whole(admitted.request()).refuse(refusal.reason()),
                refused -> isRejection(refused) ? refused.envelope().refuse(refusal.reason()) : refused);
    }

    /** Last, so that a request that was refused can be mended and sent again under its id. */
    private Admission unlessDuplicate(Hop hop, Admission admission) {
        return admission.fold(
                admitted -> duplicates
                        .refuse(admitted.request(), hop.event(), hop.now())
                        .<Admission>map(
                                reason -> Envelope.whole(admitted.request()).refuse(reason))
                        .orElse(admitted),
                refused -> refused);
    }

    private Departure admitted(Hop hop, Admission.Admitted admitted) {
        Request request = admitted.request();
        return new Departure(
                hop.onward(request.getRequestId(), terminals.work(request)),
                request.getLane() == Lane.BULK ? outlets.workBulk() : outlets.work());
    }

    private Departure refused(Hop hop, Admission.Refused refused, EventLetters letters, boolean tooLarge) {
        boolean rejected = isRejection(refused);
        byte[] value = rejected
                ? terminals.rejection(refused, hop.now())
                : terminals.deadLetter(letters.of(refused, tooLarge));
        return new Departure(
                hop.refused(refused.envelope().requestId(), value, refused.reason(), Stage.INTAKE),
                rejected ? outlets.rejections() : outlets.deadLetters());
    }

    private static boolean isRejection(Admission.Refused refused) {
        return refused.reason().code().category() == Category.REJECTION;
    }
}
