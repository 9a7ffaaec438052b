package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Decoded;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.state.Suspicion;
import dev.forebay.worker.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into texts that wait for a model, or ends them: undecodable, expired, empty, too long, for a task that
 * there is not, or known to crash the engine. Texts of several records are tokenised together.
 */
public final class RequestReader {
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final ItemOutcome.Failed CRASHED = new ItemOutcome.Failed(
            ReasonCode.NATIVE_CRASH,
            "the process crashed three times while the model had this record, the last time nothing else",
            false);

    private final Codec<Request> codec;
    private final Map<String, Task> tasks;
    private final Map<String, ModelLane> lanes;
    private final Outbox outbox;
    private final InstantSource clock;
    private final LongSupplier nanoClock;

    /**
     * @param tasks by name
     * @param lanes by the name of their model
     */
    public RequestReader(
            Codec<Request> codec,
            Map<String, Task> tasks,
            Map<String, ModelLane> lanes,
            Outbox outbox,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.codec = codec;
        this.tasks = tasks;
        this.lanes = lanes;
        this.outbox = outbox;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /**
     * Reads a few records.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where a record could not be read because no
     *     registry answers; it and those behind it are still in {@code records}
     */
    public void read(List<InputTicket> records) {
        Map<ModelLane, List<Assembly>> assemblies = new LinkedHashMap<>();
        try {
            while (!records.isEmpty()) {
                Assembly assembly = assembly(records.get(0));
                records.remove(0);
                if (assembly != null) {
                    assemblies
                            .computeIfAbsent(lane(assembly.task()), lane -> new ArrayList<>())
                            .add(assembly);
                }
            }
        } finally {
            // What was decoded before the registry went away goes on.
            assemblies.forEach(ModelLane::offer);
        }
    }

    private @Nullable Assembly assembly(InputTicket input) {
        Decoded<Request> decoded = codec.decode(input.record().value());
        if (decoded instanceof Decoded.Bad<Request> bad) {
            outbox.end(input, new Terminal.Dead(bad.code(), bad.message(), null, null));
            return null;
        }
        Request request = ((Decoded.Good<Request>) decoded).value();
        Task task = tasks.get(request.getTask());
        if (task == null) {
            String hint = Nearest.to(request.getTask(), tasks.keySet())
                    .map(n -> " Did you mean " + n + "?")
                    .orElse("");
            return refuse(
                    input,
                    request,
                    ReasonCode.UNKNOWN_TASK,
                    "the worker has no task of that name; it has " + String.join(", ", tasks.keySet()) + "." + hint);
        }
        if (request.getExpiresAt() != null && !clock.instant().isBefore(request.getExpiresAt())) {
            return refuse(input, request, ReasonCode.EXPIRED, "expired before the worker read it");
        }
        Task.Plan plan = request.getText().isBlank() ? null : task.plan(request.getText());
        if (plan == null || plan.texts().isEmpty()) {
            return refuse(input, request, ReasonCode.EMPTY_TEXT, "the text is empty");
        }
        if (plan.truncated() && task.overlong() == Task.Overlong.REJECT) {
            return refuse(input, request, ReasonCode.TEXT_TOO_LONG, Refusals.tooLong(task));
        }
        Assembly assembly = new Assembly(input, request, task, plan, deadline(request));
        if (input.suspicion() == Suspicion.PROVEN) {
            outbox.end(input, Finisher.dead(assembly, CRASHED));
            return null;
        }
        return assembly;
    }

    private ModelLane lane(Task task) {
        ModelLane lane = lanes.get(task.model().name());
        if (lane == null) {
            throw new IllegalStateException("task " + task.name() + " has no model");
        }
        return lane;
    }

    private long deadline(Request request) {
        Instant expires = request.getExpiresAt();
        if (expires == null) {
            return Item.NO_DEADLINE;
        }
        // Both clocks are read here, so that the deadline holds on the monotonic one whatever happens to the other.
        Duration left = Duration.between(clock.instant(), expires);
        return left.compareTo(FOREVER) > 0 ? Item.NO_DEADLINE : nanoClock.getAsLong() + left.toNanos();
    }

    private @Nullable Assembly refuse(InputTicket input, Request request, ReasonCode code, String message) {
        outbox.end(input, Refusals.of(request, code, message, clock.instant()));
        return null;
    }
}
