package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Running totals. */
public final class Tally implements WorkerMetrics {
    private final Map<Total, LongAdder> totals = adders(Total.class);
    private final Map<Batch.Reason, LongAdder> batches = adders(Batch.Reason.class);
    private final Map<ReasonCode, LongAdder> refused = adders(ReasonCode.class);
    private final DeviceTime device;
    private volatile WorkerMetrics onward = new WorkerMetrics() {};
    private volatile BudgetState budget = new BudgetState(0, 0, 0);

    /** @param executors how many batches may run at once */
    public Tally(int executors, LongSupplier nanoClock) {
        this.device = new DeviceTime(executors, nanoClock);
    }

    @Override
    public void waiting(int items) {
        device.waiting(items);
    }

    @Override
    public void batchBegan(Batch<?> batch, long waitedNanos) {
        device.began();
        onward.batchBegan(batch, waitedNanos);
    }

    @Override
    public void batchEnded(Batch<?> batch, long nanos) {
        device.ended();
        adder(batches, batch.reason()).increment();
        adder(totals, Total.ITEMS).add(batch.count());
        adder(totals, Total.TOKENS).add(batch.tokens());
        adder(totals, Total.PADDED_TOKENS).add(batch.paddedTokens());
        onward.batchEnded(batch, nanos);
    }

    @Override
    public void budgetChanged(BudgetState state) {
        budget = state;
    }

    @Override
    public void looked(int kept, int coalesced, int fresh) {
        adder(totals, Total.CACHE_HITS).add(kept);
        adder(totals, Total.COALESCED).add(coalesced);
        adder(totals, Total.CACHE_MISSES).add(fresh);
    }

    @Override
    public void retried() {
        adder(totals, Total.RETRIES).increment();
    }

    @Override
    public void answered() {
        adder(totals, Total.RESULTS).increment();
    }

    @Override
    public void refused(ReasonCode code) {
        adder(refused, code).increment();
    }

    @Override
    public void lockLost() {
        adder(totals, Total.LOCKS_LOST).increment();
    }

    /** From now on told of each batch as well. */
    public void onward(WorkerMetrics metrics) {
        onward = metrics;
    }

    public BudgetState budget() {
        return budget;
    }

    public WorkerStats stats() {
        Map<Total, Long> sums = sums(Total.class, totals);
        DeviceTime.Spent spent = device.spent();
        sums.put(Total.BUSY_NANOS, spent.busy());
        sums.put(Total.IDLE_WAITING_NANOS, spent.idleWaiting());
        sums.put(Total.WITH_WAITING_NANOS, spent.withWaiting());
        Map<ReasonCode, Long> refusals = sums(ReasonCode.class, refused);
        refusals.values().removeIf(count -> count == 0);
        return new WorkerStats(sums, sums(Batch.Reason.class, batches), refusals);
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
        return Objects.requireNonNull(adders.get(key));
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Class<K> keys, Map<K, LongAdder> adders) {
        Map<K, Long> sums = new EnumMap<>(keys);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
