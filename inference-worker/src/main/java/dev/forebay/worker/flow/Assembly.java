package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import dev.forebay.worker.batch.Lane;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.reuse.TextOutcome;
import dev.forebay.worker.state.Suspicion;
import dev.forebay.worker.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A request whose texts are on their way through the model; complete when each of them has its outcome. Items may
 * complete on different threads.
 */
public final class Assembly {
    private final InputTicket input;
    private final Request request;
    private final Task task;
    private final Task.Plan plan;
    private final List<String> texts;
    private final long deadlineNanos;
    private final AtomicReferenceArray<@Nullable TextOutcome> outcomes;
    private final AtomicInteger missing;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable ReasonCode refusal;

    Assembly(InputTicket input, Request request, Task task, Task.Plan plan, long deadlineNanos) {
        this.input = input;
        this.request = request;
        this.task = task;
        this.plan = plan;
        this.texts = plan.texts();
        this.deadlineNanos = deadlineNanos;
        this.outcomes = new AtomicReferenceArray<>(texts.size());
        this.missing = new AtomicInteger(texts.size());
    }

    /** Takes the outcome of one text; true where this completes the request, so that the caller has to finish it. */
    boolean accept(int index, TextOutcome outcome) {
        outcomes.set(index, outcome);
        return missing.decrementAndGet() == 0 && ended.compareAndSet(false, true);
    }

    /** Ends the request without an answer; true where it had not ended, so that the caller has to finish it. */
    boolean refuse(ReasonCode code) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            refusal = code;
        }
        return first;
    }

    /** True where nothing more needs to be computed for it. */
    boolean ended() {
        return ended.get();
    }

    /** Why it was refused; null where it was not. */
    @Nullable ReasonCode refusal() {
        return refusal;
    }

    /** The first item that failed; null where none did. */
    ItemOutcome.@Nullable Failed failure() {
        for (TextOutcome outcome : outcomes()) {
            if (outcome.outcome() instanceof ItemOutcome.Failed failed) {
                return failed;
            }
        }
        return null;
    }

    /** One vector per text; only where the request is complete and nothing failed. */
    List<float[]> vectors() {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (TextOutcome outcome : outcomes()) {
            vectors.add(outcome.outcome().fold(ItemOutcome.Encoded::vector, failed -> {
                throw new IllegalStateException("a text has no vector");
            }));
        }
        return vectors;
    }

    int tokens() {
        return outcomes().stream().mapToInt(TextOutcome::tokens).sum();
    }

    boolean truncated() {
        return plan.truncated() || outcomes().stream().anyMatch(TextOutcome::truncated);
    }

    private List<TextOutcome> outcomes() {
        List<TextOutcome> all = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            TextOutcome outcome = outcomes.get(i);
            if (outcome == null) {
                throw new IllegalStateException("text " + i + " has no outcome");
            }
            all.add(outcome);
        }
        return all;
    }

    InputTicket input() {
        return input;
    }

    Request request() {
        return request;
    }

    Task task() {
        return task;
    }

    Task.Plan plan() {
        return plan;
    }

    List<String> texts() {
        return texts;
    }

    /** Whether its texts run by themselves, and nothing of them is shared. */
    boolean alone() {
        return input.suspicion() == Suspicion.STRONG;
    }

    Lane lane() {
        return request.getLane() == dev.forebay.schemas.record.Lane.BULK ? Lane.BULK : Lane.LIVE;
    }

    long arrivalNanos() {
        return input.record().receivedNanos();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }
}
