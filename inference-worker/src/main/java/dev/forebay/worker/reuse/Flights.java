package dev.forebay.worker.reuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose text is on its way through the model, each with those who wait for it: one leads, whose text it is that
 * waits in the queue, the others follow. Not safe for use by several threads: the caller holds a lock.
 *
 * <p>A leader that drops out hands over to the follower with the latest deadline, so that everyone is handed over at
 * most once. A failure is the leader's alone the first time: the followers get one more attempt, and share its outcome.
 */
public final class Flights<W extends Flights.Waiter> {
    private final Map<ContentKey, Flight<W>> flights = new HashMap<>();
    private final NavigableSet<Follower<W>> deadlines = new TreeSet<>(
            Comparator.comparingLong((Follower<W> f) -> f.who.deadlineNanos()).thenComparingLong(f -> f.sequence));
    private long joined;

    /** Who waits, as flights need it. */
    public interface Waiter {
        /** When its answer becomes worthless; {@link #NO_DEADLINE} for never. */
        long deadlineNanos();

        /** True where its request has ended, so that nothing needs to be computed for it. */
        boolean ended();
    }

    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * What follows from a failure.
     *
     * @param failed those whose failure it is
     * @param next who leads the next attempt; null where nobody waits any more
     */
    public record Failure<W>(List<W> failed, @Nullable W next) {}

    /** Follows where the key is on its way and leads where it is not; true for following. */
    public boolean join(ContentKey key, W waiter) {
        Flight<W> flight = flights.get(key);
        if (flight == null) {
            flights.put(key, new Flight<>(waiter));
            return false;
        }
        Follower<W> follower = new Follower<>(waiter, flight, joined++);
        flight.add(follower);
        if (waiter.deadlineNanos() != NO_DEADLINE) {
            deadlines.add(follower);
        }
        return true;
    }

    /** Ends a flight; everyone who waited for it, the leader first. */
    public List<W> land(ContentKey key) {
        Flight<W> flight = flights.remove(key);
        if (flight == null) {
            throw new IllegalStateException("nothing is on its way under that key");
        }
        List<W> all = new ArrayList<>(1 + flight.followers.size());
        all.add(flight.leader);
        for (Follower<W> follower : flight.followers) {
            deadlines.remove(follower);
            all.add(follower.who);
        }
        return all;
    }

    /** The model failed on the text. */
    public Failure<W> fail(ContentKey key) {
        Flight<W> flight = flight(key);
        if (flight.failedBefore) {
            return new Failure<>(land(key), null);
        }
        flight.failedBefore = true;
        List<W> failed = List.of(flight.leader);
        return new Failure<>(failed, leave(key));
    }

    /** The leader drops out before there is an outcome; who leads now, or null where the flight has ended. */
    public @Nullable W leave(ContentKey key) {
        Flight<W> flight = flight(key);
        Follower<W> next = null;
        for (Follower<W> follower : flight.followers) {
            boolean later = next == null || follower.who.deadlineNanos() > next.who.deadlineNanos();
            if (!follower.who.ended() && later) {
                next = follower;
            }
        }
        if (next == null) {
            land(key);
            return null;
        }
        flight.followers.remove(next);
        deadlines.remove(next);
        flight.leader = next.who;
        return next.who;
    }

    /** Takes out every follower whose deadline has passed, the earliest first. The queue sees to the leaders. */
    public List<W> expire(long now) {
        List<W> expired = new ArrayList<>();
        while (!deadlines.isEmpty() && deadlines.first().who.deadlineNanos() - now <= 0) {
            Follower<W> follower = deadlines.first();
            deadlines.remove(follower);
            follower.flight.followers.remove(follower);
            expired.add(follower.who);
        }
        return expired;
    }

    /** How many keys are on their way. */
    public int size() {
        return flights.size();
    }

    private Flight<W> flight(ContentKey key) {
        Flight<W> flight = flights.get(key);
        if (flight == null) {
            throw new IllegalStateException("nothing is on its way under that key");
        }
        return flight;
    }

    private static final class Flight<W extends Waiter> {
        private W leader;
        private Set<Follower<W>> followers = Set.of();
        private boolean failedBefore;

        Flight(W leader) {
            this.leader = leader;
        }

        void add(Follower<W> follower) {
            if (followers.isEmpty()) {
                followers = new LinkedHashSet<>();
            }
            followers.add(follower);
        }
    }

    /** Identity is its equality. */
    private static final class Follower<W extends Waiter> {
        private final W who;
        private final Flight<W> flight;
        private final long sequence;

        Follower(W who, Flight<W> flight, long sequence) {
            this.who = who;
            this.flight = flight;
            this.sequence = sequence;
        }
    }
}
