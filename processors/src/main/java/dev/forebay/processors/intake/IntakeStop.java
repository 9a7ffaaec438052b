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
import java.util.List;

/** The operator {@code admit}: an event becomes a request, a rejection or a dead letter. */
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
        Admission admission = intake.take(hop.event(), hop.now());
        Departure departure = hop.refusal()
                .map(refusal -> refused(hop, instead(admission, refusal)))
                .orElseGet(() ->
                        admission.fold(admitted -> unlessDuplicate(hop, admitted), refused -> refused(hop, refused)));
        return List.of(departure);
    }

    /** The dead letter of an event that cannot become what it should: that was too large for its topic. */
    private static Admission.Refused instead(Admission admission, Refusal refusal) {
        return admission.fold(
                admitted -> Envelope.whole(admitted.request()).refuse(refusal.reason()),
                refused -> isRejection(refused) ? refused.envelope().refuse(refusal.reason()) : refused);
    }

    /** Last, so that a request that was refused can be mended and sent again under its id. */
    private Departure unlessDuplicate(Hop hop, Admission.Admitted admitted) {
        Request request = admitted.request();
        return duplicates
                .refuse(request, hop.event(), hop.now())
                .map(reason -> refused(hop, Envelope.whole(request).refuse(reason)))
                .orElseGet(() -> admitted(hop, admitted));
    }

    private Departure admitted(Hop hop, Admission.Admitted admitted) {
        Request request = admitted.request();
        return new Departure(
                hop.onward(request.getRequestId(), terminals.work(request)),
                request.getLane() == Lane.BULK ? outlets.workBulk() : outlets.work());
    }

    private Departure refused(Hop hop, Admission.Refused refused) {
        boolean rejected = isRejection(refused);
        byte[] value = rejected ? terminals.rejection(refused, hop.now()) : terminals.deadLetter(hop, refused);
        return new Departure(
                hop.refused(refused.envelope().requestId(), value, refused.reason(), Stage.INTAKE),
                rejected ? outlets.rejections() : outlets.deadLetters());
    }

    private static boolean isRejection(Admission.Refused refused) {
        return refused.reason().code().category() == Category.REJECTION;
    }
}
