package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a worker has done since it started.
 *
 * @param totals each of them
 * @param batchesByReason how many left for which reason; each reason
 * @param refusals requests that ended without a result, by code; only codes that occurred
 */
public record WorkerStats(
        Map<Total, Long> totals, Map<Batch.Reason, Long> batchesByReason, Map<ReasonCode, Long> refusals) {
    public long of(Total total) {
        return totals.getOrDefault(total, 0L);
    }

    public long batches() {
        return sum(batchesByReason, reason -> true);
    }

    public long items() {
        return of(Total.ITEMS);
    }

    public long tokens() {
        return of(Total.TOKENS);
    }

    public long paddedTokens() {
        return of(Total.PADDED_TOKENS);
    }

    public long busyNanos() {
        return of(Total.BUSY_NANOS);
    }

    public long cacheHits() {
        return of(Total.CACHE_HITS);
    }

    public long coalesced() {
        return of(Total.COALESCED);
    }

    public long results() {
        return of(Total.RESULTS);
    }

    public long rejections() {
        return sum(refusals, code -> code.category() == ReasonCode.Category.REJECTION);
    }

    public long deadLetters() {
        return sum(refusals, code -> code.category() == ReasonCode.Category.DEAD_LETTER);
    }

    /** The share of texts, 0 to 1, that the model did not have to see again; of those whose task allows it. */
    public double reusedShare() {
        long reused = cacheHits() + coalesced();
        return share(reused, reused + of(Total.CACHE_MISSES));
    }

    /** Items per batch; 0 before the first. */
    public double meanBatchSize() {
        return share(items(), batches());
    }

    /** The share of the model's tokens that was padding, 0 to 1. */
    public double paddingShare() {
        return share(paddedTokens() - tokens(), paddedTokens());
    }

    /**
     * The share, 0 to 1, of the executors' working time that was lost: what they spent outside the model while a text
     * waited, of that and what they spent in the model. Time without work is in neither.
     */
    public double idleShare() {
        long idle = of(Total.IDLE_WAITING_NANOS);
        return share(idle, idle + busyNanos());
    }

    /** What was done since an earlier moment of the same worker. */
    public WorkerStats since(WorkerStats earlier) {
        return new WorkerStats(
                minus(Total.class, totals, earlier.totals),
                minus(Batch.Reason.class, batchesByReason, earlier.batchesByReason),
                minus(ReasonCode.class, refusals, earlier.refusals));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static <K> long sum(Map<K, Long> counts, Predicate<K> which) {
        return counts.entrySet().stream()
                .filter(count -> which.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static <K extends Enum<K>> Map<K, Long> minus(Class<K> keys, Map<K, Long> later, Map<K, Long> earlier) {
        Map<K, Long> difference = new EnumMap<>(keys);
        later.forEach((key, count) -> difference.put(key, count - earlier.getOrDefault(key, 0L)));
        return difference;
    }
}
