package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.worker.publish.Terminal;
import java.time.Instant;

/** Rejections of requests that could be read. */
final class Refusals {
    private Refusals() {}

    static Terminal.Refused of(Request request, ReasonCode code, String message, Instant now) {
        Rejection rejection = Rejection.newBuilder()
                .setRequestId(request.getRequestId())
                .setTask(request.getTask())
                .setTenant(request.getTenant())
                .setCode(code.code())
                .setMessage(message)
                .setStage("worker")
                .setAttributes(request.getAttributes())
                .setIssuedAt(request.getIssuedAt())
                .setRejectedAt(now)
                .build();
        return new Terminal.Refused(rejection, code);
    }
}
