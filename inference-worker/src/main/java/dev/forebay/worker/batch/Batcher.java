package dev.forebay.worker.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers items of two lanes into batches with little padding. Not safe for use by several threads: the caller holds a
 * lock. The package's page says how it chooses and what it promises.
 */
public final class Batcher<T> {
    /** For how long after its last item live traffic counts as being about. */
    private static final long LIVE_MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private BatchPolicy policy;
    private final LanePolicy lanes;
    private final Waiting<T> live;
    private final Waiting<T> bulk;
    private final BulkAccount account;
    private final Deque<Item<T>> alone = new ArrayDeque<>();
    private final NavigableSet<Entry<T>> deadlines = new TreeSet<>(
            Comparator.comparingLong((Entry<T> e) -> e.item.deadlineNanos()).thenComparingLong(e -> e.sequence));
    private long offered;
    private boolean liveSeen;
    private long lastLive;
    private boolean draining;

    public Batcher(BatchPolicy policy) {
        this(policy, LanePolicy.DEFAULT);
    }

    public Batcher(BatchPolicy policy, LanePolicy lanes) {
        this.policy = policy;
        this.lanes = lanes;
        this.live = new Waiting<>(policy.lookAhead());
        this.bulk = new Waiting<>(policy.lookAhead());
        this.account = new BulkAccount(lanes);
    }

    /** Adds an item behind everyone who waits in its lane. */
    public void offer(Item<T> item) {
        Entry<T> entry = new Entry<>(item, policy.bucket(item.tokens()), offered++);
        lane(entry).add(entry);
        if (item.deadlineNanos() != Item.NO_DEADLINE) {
            deadlines.add(entry);
        }
        if (item.lane() == Lane.LIVE) {
            liveSeen = true;
            lastLive = item.arrivalNanos();
        }
    }

    /** Adds an item that gets a batch to itself, before everyone else. */
    public void offerAlone(Item<T> item) {
        alone.add(item);
    }

    /** Takes out every item whose deadline has passed, earliest deadline first, but for those that go alone. */
    public List<Item<T>> expire(long now) {
        List<Item<T>> expired = new ArrayList<>();
        alone.removeIf(item -> isExpired(item, now) && expired.add(item));
        while (!deadlines.isEmpty() && isExpired(deadlines.first().item, now)) {
            Entry<T> entry = deadlines.first();
            remove(entry);
            expired.add(entry.item);
        }
        return expired;
    }

    private static boolean isExpired(Item<?> item, long now) {
        return item.deadlineNanos() != Item.NO_DEADLINE && item.deadlineNanos() - now <= 0;
    }

    /** The batch for an executor that is idle now, or how long it should wait. */
    public Decision<T> poll(long now) {
        Item<T> single = alone.poll();
        if (single != null) {
            int tokens = single.tokens();
            return new Decision.Run<>(new Batch<>(List.of(single), policy.padded(tokens), tokens, Batch.Reason.ALONE));
        }
        Entry<T> oldestLive = live.oldest();
        Entry<T> oldestBulk = bulk.oldest();
        if (oldestBulk == null) {
            account.lapse();
        }
        boolean bulkFirst = oldestLive == null || (oldestBulk != null && bulkIsDue(oldestLive, now));
        Decision<T> first = bulkFirst ? bulk(oldestBulk, now) : live(oldestLive, now);
        if (first instanceof Decision.Wait<T> wait) {
            Decision<T> second = bulkFirst ? live(oldestLive, now) : bulk(oldestBulk, now);
            return second instanceof Decision.Wait<T> other && wait.nanos() < other.nanos() ? wait : second;
        }
        return first;
    }

    private boolean bulkIsDue(Entry<T> oldestLive, long now) {
        return account.due(now - oldestLive.item.arrivalNanos(), policy.maxPaddedTokens());
    }

    /** From now on nothing lingers: what is left leaves as fast as executors ask. */
    public void drain() {
        draining = true;
    }

    /** From now on batches keep to this bound on their padded tokens; at least 1. */
    public void budget(int paddedTokens) {
        policy = policy.withMaxPaddedTokens(paddedTokens);
    }

    /** When the oldest waiting item was received; empty where none waits. */
    public OptionalLong oldestArrivalNanos() {
        Stream<Item<T>> oldest = Stream.of(Optional.ofNullable(live.oldest()), Optional.ofNullable(bulk.oldest()))
                .flatMap(Optional::stream)
                .map(entry -> entry.item);
        return Stream.concat(oldest, alone.stream())
                .mapToLong(Item::arrivalNanos)
                .min();
    }

    /** How many items wait. */
    public int size() {
        return live.size() + bulk.size() + alone.size();
    }

    private Decision<T> live(@Nullable Entry<T> oldest, long now) {
        if (oldest == null) {
            return new Decision.Wait<>(Long.MAX_VALUE);
        }
        int budget = policy.maxPaddedTokens();
        Choice choice = Choice.best(live, oldest, policy, budget);
        int room = policy.room(choice.bucket(), budget);
        boolean full = choice.count() == room;
        long linger = lingerLeft(oldest, full, now);
        if (linger > 0) {
            return new Decision.Wait<>(linger);
        }
        List<Entry<T>> chosen = new ArrayList<>(choice.count());
        live.choose(oldest, choice.bucket(), choice.count(), chosen);
        int charged = 0;
        boolean late = now - oldest.item.arrivalNanos() >= lanes.liveBoundNanos();
        if (!full && !late && account.mayFillUp(budget)) {
            charged = fillUp(choice, Math.min(room - choice.count(), choice.doubling()), chosen);
        }
        if (bulk.size() > 0) {
            account.charge(choice.paddedTokens(), charged, budget);
        }
        return new Decision.Run<>(leave(chosen, reason(full)));
    }

    /**
     * Lets bulk items into the room that live items left, its oldest first.
     *
     * @return the padded tokens that count as bulk's: none where its oldest item is too long to join, so that its turn
     *     comes however often the others fill up
     */
    private int fillUp(Choice choice, int places, List<Entry<T>> chosen) {
        int before = chosen.size();
        Entry<T> oldest = bulk.oldest();
        boolean fits = oldest != null && oldest.bucket <= choice.bucket();
        bulk.choose(fits ? oldest : null, choice.bucket(), places, chosen);
        return fits ? policy.lengthMultiple() * choice.bucket() * (chosen.size() - before) : 0;
    }

    private Decision<T> bulk(@Nullable Entry<T> oldest, long now) {
        if (oldest == null) {
            return new Decision.Wait<>(Long.MAX_VALUE);
        }
        int budget = policy.maxPaddedTokens();
        int own = liveIsAbout(now) ? Math.min(budget, lanes.bulkBesideLive()) : budget;
        Choice choice = Choice.best(bulk, oldest, policy, own);
        boolean full = choice.count() == policy.room(choice.bucket(), own);
        long linger = lingerLeft(oldest, full, now);
        if (linger > 0) {
            return new Decision.Wait<>(linger);
        }
        List<Entry<T>> chosen = new ArrayList<>(choice.count());
        bulk.choose(oldest, choice.bucket(), choice.count(), chosen);
        account.charge(0, choice.paddedTokens(), budget);
        return new Decision.Run<>(leave(chosen, reason(full)));
    }

    private boolean liveIsAbout(long now) {
        return live.size() > 0 || (liveSeen && now - lastLive < LIVE_MEMORY_NANOS);
    }

    private long lingerLeft(Entry<T> oldest, boolean full, long now) {
        return full || draining || policy.lingerNanos() == 0
                ? 0
                : oldest.item.arrivalNanos() + policy.lingerNanos() - now;
    }

    private Batch.Reason reason(boolean full) {
        if (full) {
            return Batch.Reason.FULL;
        }
        if (draining) {
            return Batch.Reason.DRAIN;
        }
        return policy.lingerNanos() > 0 ? Batch.Reason.LINGER : Batch.Reason.IDLE;
    }

    private Batch<T> leave(List<Entry<T>> chosen, Batch.Reason reason) {
        chosen.sort(Comparator.comparingInt((Entry<T> e) -> -e.item.tokens()).thenComparingLong(e -> e.sequence));
        List<Item<T>> items = new ArrayList<>(chosen.size());
        int tokens = 0;
        for (Entry<T> entry : chosen) {
            remove(entry);
            items.add(entry.item);
            tokens += entry.item.tokens();
        }
        return new Batch<>(
                Collections.unmodifiableList(items), policy.padded(items.get(0).tokens()), tokens, reason);
    }

    private void remove(Entry<T> entry) {
        lane(entry).remove(entry);
        if (entry.item.deadlineNanos() != Item.NO_DEADLINE) {
            deadlines.remove(entry);
        }
    }

    private Waiting<T> lane(Entry<T> entry) {
        return entry.item.lane() == Lane.LIVE ? live : bulk;
    }
}
