package dev.forebay.worker.flow;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Item;
import dev.forebay.worker.batch.Lane;
import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.reuse.ContentHash;
import dev.forebay.worker.reuse.ContentKey;
import dev.forebay.worker.reuse.Flights;
import dev.forebay.worker.reuse.TextOutcome;
import dev.forebay.worker.reuse.VectorCache;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model see equal texts once: a text gets the vector that is kept for it, or waits for the same text that is on
 * its way, or goes to the model. Safe for use by several threads; requests are told without the lock held.
 */
public final class Coalescer {
    private final Supplier<Keys> keys;
    private final VectorCache cache;
    private final Consumer<Assembly> complete;
    private final WorkerMetrics metrics;
    private final Object lock = new Object();
    /**
     * Under the lock, and the cache with it: else a text could miss the flight that lands and the vector it leaves. One
     * for each lane: a live text that waited for a bulk one would wait for bulk's turn.
     */
    private final Map<Lane, Flights<Slot>> flights = new EnumMap<>(Lane.class);

    /** Gives texts their keys; for one thread. */
    interface Keys {
        ContentKey key(String tenant, String task, String text);
    }

    /** @param complete told of each request that has ended, once */
    public Coalescer(ModelDescription model, VectorCache cache, Consumer<Assembly> complete, WorkerMetrics metrics) {
        this(hashes(ContentHash.Scope.of(model)), cache, complete, metrics);
    }

    Coalescer(Supplier<Keys> keys, VectorCache cache, Consumer<Assembly> complete, WorkerMetrics metrics) {
        this.keys = keys;
        this.cache = cache;
        this.complete = complete;
        this.metrics = metrics;
        for (Lane lane : Lane.values()) {
            flights.put(lane, new Flights<>());
        }
    }

    /** Takes in the texts of requests; gives those that the model has to see. */
    List<Slot> admit(List<Assembly> assemblies) {
        List<Slot> slots = slots(assemblies);
        List<Slot> leading = new ArrayList<>(slots.size());
        List<Told> told = new ArrayList<>();
        int coalesced = 0;
        int fresh = 0;
        synchronized (lock) {
            for (Slot slot : slots) {
                ContentKey key = slot.key();
                TextOutcome kept = key == null ? null : cache.find(key);
                if (kept != null) {
                    told.add(new Told(slot, kept));
                } else if (key != null && flights(slot).join(key, slot)) {
                    coalesced++;
                } else {
                    fresh += key == null ? 0 : 1;
                    leading.add(slot);
                }
            }
        }
        metrics.looked(told.size(), coalesced, fresh);
        told.forEach(this::tell);
        return leading;
    }

    /**
     * Hands out what the model made of a batch.
     *
     * @param outcomes one per item, in order
     * @return texts that the model has to see once more
     */
    List<EncodeItem> land(List<Item<EncodeItem>> items, List<ItemOutcome> outcomes) {
        List<Told> told = new ArrayList<>(items.size());
        List<EncodeItem> again = new ArrayList<>();
        synchronized (lock) {
            for (int i = 0; i < outcomes.size(); i++) {
                EncodeItem item = items.get(i).payload();
                TextOutcome outcome = new TextOutcome(
                        outcomes.get(i), item.tokens().count(), item.tokens().truncated());
                waiters(item, outcome, again).forEach(slot -> told.add(new Told(slot, outcome)));
            }
        }
        told.forEach(this::tell);
        return again;
    }

    private List<Slot> waiters(EncodeItem item, TextOutcome outcome, List<EncodeItem> again) {
        ContentKey key = item.slot().key();
        if (key == null) {
            return List.of(item.slot());
        }
        if (outcome.outcome() instanceof ItemOutcome.Encoded) {
            cache.keep(key, outcome);
            return flights(item.slot()).land(key);
        }
        Flights.Failure<Slot> failure = flights(item.slot()).fail(key);
        if (failure.next() != null) {
            again.add(new EncodeItem(failure.next(), item.tokens()));
        }
        return failure.failed();
    }

    /** Refuses the request of a text that is too long for its task, and of everyone who waits for the same text. */
    void refuseForLength(EncodeItem item) {
        ContentKey key = item.slot().key();
        List<Slot> waiters;
        synchronized (lock) {
            waiters = key == null ? List.of(item.slot()) : flights(item.slot()).land(key);
        }
        waiters.forEach(slot -> refuse(slot, ReasonCode.TEXT_TOO_LONG));
    }

    /** A text leaves without having run because its request has ended; the same text for another who waits for it. */
    @Nullable EncodeItem handOver(EncodeItem item) {
        ContentKey key = item.slot().key();
        Slot next;
        synchronized (lock) {
            next = key == null ? null : flights(item.slot()).leave(key);
        }
        return next == null ? null : new EncodeItem(next, item.tokens());
    }

    /** A text found no batch in time; the same text for another who waits for it and has more time. */
    @Nullable EncodeItem expired(EncodeItem item, long now) {
        refuse(item.slot(), ReasonCode.EXPIRED);
        expire(now);
        return handOver(item);
    }

    /** Refuses the requests whose time has run out while they waited for another's text. */
    void expire(long now) {
        List<Slot> expired = new ArrayList<>();
        synchronized (lock) {
            flights.values().forEach(lane -> expired.addAll(lane.expire(now)));
        }
        expired.forEach(slot -> refuse(slot, ReasonCode.EXPIRED));
    }

    /** How many texts are on their way that another may wait for. */
    int inFlight() {
        synchronized (lock) {
            return flights.values().stream().mapToInt(Flights::size).sum();
        }
    }

    private static Supplier<Keys> hashes(ContentHash.Scope scope) {
        return () -> new ContentHash(scope)::key;
    }

    private Flights<Slot> flights(Slot slot) {
        return Objects.requireNonNull(flights.get(slot.assembly().lane()));
    }

    private List<Slot> slots(List<Assembly> assemblies) {
        Keys hash = keys.get();
        List<Slot> slots = new ArrayList<>(assemblies.size());
        for (Assembly assembly : assemblies) {
            // nobody may wait for a text that is likely to crash the process
            boolean reuse = assembly.task().reuse() && !assembly.alone();
            for (int i = 0; i < assembly.texts().size(); i++) {
                ContentKey key = reuse
                        ? hash.key(
                                assembly.request().getTenant(),
                                assembly.task().name(),
                                assembly.texts().get(i))
                        : null;
                slots.add(new Slot(assembly, i, key));
            }
        }
        return slots;
    }

    private void tell(Told told) {
        Slot slot = told.slot;
        if (slot.assembly().accept(slot.index(), told.outcome)) {
            complete.accept(slot.assembly());
        }
    }

    private void refuse(Slot slot, ReasonCode code) {
        if (slot.assembly().refuse(code)) {
            complete.accept(slot.assembly());
        }
    }

    private record Told(Slot slot, TextOutcome outcome) {}
}
