package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.task.Task;
import java.time.Instant;

/** Rejections of requests that could be read. */
final class Refusals {
    private Refusals() {}

    static String tooLong(Task task) {
        return "the text has more tokens than the model's window of "
                + task.model().maxTokens() + ", and the task says overlong: reject";
    }

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
