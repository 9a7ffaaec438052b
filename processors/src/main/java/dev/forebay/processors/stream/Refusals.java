package dev.forebay.processors.stream;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The events whose outcome a topic refused as too large. A producer tells so when Streams is at a later record already,
 * so what is on its way is known by its very array, for as long as the producer holds it. Safe for use by several threads.
 */
public final class Refusals {
    /** One that is forgotten is refused, and noted, again. */
    private static final int MOST = 10_000;

    private final Map<Sent, Departed> onTheirWay = new ConcurrentHashMap<>();
    private final ReferenceQueue<byte[]> gone = new ReferenceQueue<>();
    /** By the event, of each record that was made of it, by its index among these. */
    private final Map<Position, Map<Integer, Refusal>> refused = new LinkedHashMap<>();
    /** The bytes of the smallest value that each topic refused. */
    private final Map<String, Integer> smallest = new ConcurrentHashMap<>();
    /** INVARIANT: a thread ends at its first failure, so that one alone names the record at fault. */
    private final Set<Thread> failed = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final AtomicBoolean news = new AtomicBoolean();

    /**
     * One record that a topic did not take.
     *
     * @param bytes of its value
     */
    public record Refusal(String topic, int bytes) {
        public Reason reason() {
            return new Reason(
                    ReasonCode.OUTPUT_TOO_LARGE,
                    "What was made of this record has " + bytes + " bytes, more than topic " + topic
                            + " takes. Raise its max.message.bytes, then send the record again.");
        }
    }

    /**
     * @param value what was made of the event, as it is given to the producer
     * @param index from 0, among all that was made of the event
     * @param thread whose transaction has it
     */
    void departed(byte[] value, Position event, int index, Thread thread) {
        for (Reference<? extends byte[]> sent = gone.poll(); sent != null; sent = gone.poll()) {
            onTheirWay.remove(sent);
        }
        onTheirWay.put(new Sent(value, gone), new Departed(new Made(event, index), thread));
    }

    /**
     * The event that a refused value was made of; empty where it is unknown, where the same was refused before, and where
     * another record of the transaction was: the producer gives what waits behind it the same fault.
     */
    Optional<Position> note(byte[] value, String topic) {
        Departed departed = onTheirWay.get(new Sent(value, null));
        if (departed == null
                || !failed.add(departed.thread)
                || !putIfAbsent(departed.made, new Refusal(topic, value.length))) {
            return Optional.empty();
        }
        smallest.merge(topic, value.length, Math::min);
        news.set(true);
        return Optional.of(departed.made.event);
    }

    /** Of any record that was made of the event. */
    Optional<Refusal> of(Position event) {
        synchronized (refused) {
            return refused.getOrDefault(event, Map.of()).values().stream().findFirst();
        }
    }

    /** @param index from 0, among all that was made of the event */
    Optional<Refusal> of(Position event, int index) {
        synchronized (refused) {
            return Optional.ofNullable(refused.getOrDefault(event, Map.of()).get(index));
        }
    }

    /** Whether the topic has refused a value that was no larger. */
    boolean refuses(String topic, int bytes) {
        return bytes >= smallest.getOrDefault(topic, Integer.MAX_VALUE);
    }

    /** Whether an event was noted since this was last asked: it will fare better when it is read again. */
    public boolean takeNews() {
        return news.getAndSet(false);
    }

    private boolean putIfAbsent(Made made, Refusal refusal) {
        synchronized (refused) {
            if (refused.computeIfAbsent(made.event, event -> new LinkedHashMap<>())
                            .putIfAbsent(made.index, refusal)
                    != null) {
                return false;
            }
            if (refused.size() > MOST) {
                refused.remove(refused.keySet().iterator().next());
            }
            return true;
        }
    }

    /** One of the records that were made of an event. */
    private record Made(Position event, int index) {}

    private record Departed(Made made, Thread thread) {}

    /** An array as itself, whatever is in it. */
    private static final class Sent extends WeakReference<byte[]> {
        private final int hash;

        Sent(byte[] value, @Nullable ReferenceQueue<byte[]> queue) {
            super(value, queue);
            this.hash = System.identityHashCode(value);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            byte[] own = get();
            return own != null && other instanceof Sent sent && own == sent.get();
        }
    }
}
