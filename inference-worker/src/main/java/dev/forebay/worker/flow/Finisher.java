package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.publish.Terminal;
import java.time.InstantSource;
import java.util.List;

/** Makes the terminal record of a request whose texts all have their outcome, or whose time has run out. */
public final class Finisher {
    private final Outbox outbox;
    private final Retries retries;
    private final boolean carriesText;
    private final InstantSource clock;

    /** @param carriesText whether outcomes have their request's text with them */
    public Finisher(Outbox outbox, Retries retries, boolean carriesText, InstantSource clock) {
        this.outbox = outbox;
        this.retries = retries;
        this.carriesText = carriesText;
        this.clock = clock;
    }

    /**
     * Finishes requests and removes them from the list.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where nothing was sent for the first that is
     *     still in the list
     */
    public void finish(List<Assembly> assemblies) {
        while (!assemblies.isEmpty()) {
            finish(assemblies.get(0));
            assemblies.remove(0);
        }
    }

    private void finish(Assembly assembly) {
        ItemOutcome.Failed failure = assembly.refusal() == null ? assembly.failure() : null;
        if (failure == null || !retries.again(assembly, failure)) {
            outbox.end(assembly.input(), terminal(assembly));
            retries.ended();
        }
    }

    private Terminal terminal(Assembly assembly) {
        ReasonCode refusal = assembly.refusal();
        if (refusal != null) {
            String message = refusal == ReasonCode.EXPIRED
                    ? "expired before the model was free"
                    : Refusals.tooLong(assembly.task());
            return Refusals.of(assembly.request(), refusal, message, clock.instant());
        }
        ItemOutcome.Failed failure = assembly.failure();
        if (failure != null) {
            return dead(assembly, failure);
        }
        try {
            return new Terminal.Answered(result(assembly));
        } catch (RuntimeException e) {
            // A task that fails on a model's answer is our bug; it costs this request, not its neighbours.
            return dead(
                    assembly,
                    new ItemOutcome.Failed(
                            ReasonCode.INVALID_MODEL_OUTPUT, "the task could not use the model's answer: " + e, false));
        }
    }

    private Result result(Assembly assembly) {
        Request request = assembly.request();
        ModelDescription model = assembly.task().model();
        return Result.newBuilder()
                .setRequestId(request.getRequestId())
                .setTask(request.getTask())
                .setTenant(request.getTenant())
                .setOutcome(assembly.plan().outcome(assembly.vectors()))
                .setModel(new ModelRef(model.name(), model.version()))
                .setCoverage(assembly.truncated() ? Coverage.TRUNCATED : Coverage.WHOLE)
                .setTokens(assembly.tokens())
                .setAttributes(request.getAttributes())
                .setIssuedAt(request.getIssuedAt())
                .setCompletedAt(clock.instant())
                .setText(carriesText ? request.getText() : null)
                .build();
    }

    /** The dead letter of a request whose text the model failed on. */
    static Terminal.Dead dead(Assembly assembly, ItemOutcome.Failed failure) {
        ModelDescription model = assembly.task().model();
        return new Terminal.Dead(
                failure.code(),
                failure.message(),
                assembly.request().getRequestId(),
                model.name() + "@" + model.version());
    }
}
