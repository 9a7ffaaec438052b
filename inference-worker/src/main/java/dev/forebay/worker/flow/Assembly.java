package dev.forebay.worker.flow;

import dev.forebay.schemas.record.Request;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.task.Task;
import java.util.Arrays;
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
    private final List<Tokens> texts;
    private final AtomicReferenceArray<@Nullable ItemOutcome> outcomes;
    private final AtomicInteger missing;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean expired;

    Assembly(InputTicket input, Request request, Task task, Task.Plan plan, List<Tokens> texts) {
        this.input = input;
        this.request = request;
        this.task = task;
        this.plan = plan;
        this.texts = texts;
        this.outcomes = new AtomicReferenceArray<>(texts.size());
        this.missing = new AtomicInteger(texts.size());
    }

    /** Takes the outcome of one text; true where this completes the request, so that the caller has to finish it. */
    boolean accept(int index, ItemOutcome outcome) {
        outcomes.set(index, outcome);
        return missing.decrementAndGet() == 0 && ended.compareAndSet(false, true);
    }

    /** Notes that the request's time ran out; true the first time, so that the caller has to finish it. */
    public boolean expire() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            expired = true;
        }
        return first;
    }

    boolean expired() {
        return expired;
    }

    /** The first item that failed; null where none did. */
    ItemOutcome.@Nullable Failed failure() {
        for (int i = 0; i < outcomes.length(); i++) {
            if (outcomes.get(i) instanceof ItemOutcome.Failed failed) {
                return failed;
            }
        }
        return null;
    }

    /** One vector per text; only where the request is complete and nothing failed. */
    List<float[]> vectors() {
        float[][] vectors = new float[outcomes.length()][];
        for (int i = 0; i < vectors.length; i++) {
            ItemOutcome outcome = outcomes.get(i);
            if (!(outcome instanceof ItemOutcome.Encoded encoded)) {
                throw new IllegalStateException("text " + i + " has no vector");
            }
            vectors[i] = encoded.vector();
        }
        return Arrays.asList(vectors);
    }

    int tokens() {
        return texts.stream().mapToInt(Tokens::count).sum();
    }

    boolean truncated() {
        return plan.truncated() || texts.stream().anyMatch(Tokens::truncated);
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
}
