package dev.forebay.processors.intake;

import dev.forebay.processors.event.Stage;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes what leaves the intake, each in the format of its topic. Safe for use by several threads. */
final class Terminals {
    private final Codec<Request> admitted;
    private final Codec<Request> work;
    private final Codec<Request> workBulk;
    private final Codec<Rejection> rejections;
    private final Codec<DeadLetter> deadLetters;

    Terminals(Topics topics, Codecs codecs) {
        this.admitted = codecs.of(topics.admitted(), Request.class);
        this.work = codecs.of(topics.work(), Request.class);
        this.workBulk = codecs.of(topics.workBulk(), Request.class);
        this.rejections = codecs.of(topics.rejections(), Rejection.class);
        this.deadLetters = codecs.of(topics.deadLetters(), DeadLetter.class);
    }

    byte[] admitted(Request request) {
        return admitted.encode(request);
    }

    byte[] work(Request request) {
        return work(request.getLane()).encode(request);
    }

    /** @param admitted the bytes of the request as it was admitted */
    byte[] work(Request request, byte[] admitted) {
        return work(request.getLane()).encode(request, admitted);
    }

    private Codec<Request> work(Lane lane) {
        return lane == Lane.BULK ? workBulk : work;
    }

    /** @param policyVersion of the policy that refused it; null where the configuration file alone counts */
    byte[] rejection(Admission.Refused refused, Instant now, @Nullable Long policyVersion) {
        Envelope envelope = refused.envelope();
        return rejections.encode(new Rejection(
                envelope.requestId(),
                envelope.task(),
                envelope.tenant(),
                refused.reason().code().code(),
                refused.reason().message(),
                Stage.INTAKE.label(),
                envelope.attributes(),
                envelope.issuedAt(),
                now,
                policyVersion));
    }

    byte[] deadLetter(DeadLetter letter) {
        return deadLetters.encode(letter);
    }
}
