package dev.forebay.processors.intake;

import dev.forebay.processors.event.Reason;
import dev.forebay.processors.event.RequestKey;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Takes a share of the requests, by their tenant and id alone: the same ones after a restart, at another task, and in every
 * greater share.
 */
record Sample(double share) {
    static final Sample ALL = new Sample(1);

    /** As many bits of the hash as a double has. */
    private static final int BITS = 53;

    boolean isAll() {
        return share >= 1;
    }

    /** Why a request is not taken; empty where it is. */
    Optional<Reason> refuse(Request request) {
        return isAll() || point(request) < share
                ? Optional.empty()
                : Optional.of(new Reason(
                        ReasonCode.NOT_SAMPLED,
                        "The sample of its source, " + share
                                + " of the requests, does not have this one. Raise sample to take more."));
    }

    /** The place of a request in [0, 1): the first bits of the SHA-256 hash of its tenant and id. */
    private static double point(Request request) {
        long bits = ByteBuffer.wrap(RequestKey.of(request.getTenant(), request.getRequestId()))
                        .getLong()
                >>> (Long.SIZE - BITS);
        return bits * 0x1p-53;
    }
}
