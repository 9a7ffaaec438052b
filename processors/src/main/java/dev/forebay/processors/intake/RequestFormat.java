package dev.forebay.processors.intake;

import dev.forebay.processors.event.Attributes;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.util.Set;

/** An event that is a request already; what its sender left blank is filled in, its task has to exist, and no digest may it be. */
final class RequestFormat {
    private final Codec<Request> codec;
    private final Set<String> tasks;

    RequestFormat(Codec<Request> codec, Set<String> tasks) {
        this.codec = codec;
        this.tasks = tasks;
    }

    Admission read(byte[] value, Envelope outer) {
        return codec.decode(value)
                .fold(
                        good -> admit(good.value(), outer.completing(good.value())),
                        bad -> outer.refuse(bad.code(), bad.message()));
    }

    private Admission admit(Request request, Envelope envelope) {
        if (!tasks.contains(request.getTask())) {
            // A name longer than any task's is not repeated: it may be a text that went into the wrong field.
            String given = request.getTask().length() > 100 ? "given" : "'" + request.getTask() + "'";
            String nearest = Nearest.to(request.getTask(), tasks)
                    .map(name -> "Did you mean " + name + "?")
                    .orElse("There are: " + String.join(", ", tasks) + ".");
            return envelope.refuse(ReasonCode.UNKNOWN_TASK, "There is no task " + given + ". " + nearest);
        }
        if (request.getAttributes().containsKey(Attributes.DIGEST)) {
            return envelope.refuse(
                    ReasonCode.INVALID_REQUEST,
                    "The attribute " + Attributes.DIGEST + " is set by Forebay alone. Give it another name.");
        }
        return new Admission.Admitted(new Request(
                envelope.requestId(),
                envelope.task(),
                envelope.tenant(),
                request.getText(),
                envelope.attributes(),
                request.getLane(),
                envelope.issuedAt(),
                request.getExpiresAt()));
    }
}
