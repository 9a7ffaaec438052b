package dev.forebay.worker.observe;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A worker's metrics in a Micrometer registry. Totals and gauges are read when somebody asks; only the distributions
 * over batches are recorded as they happen, so a record costs nothing here.
 */
public final class MicrometerMetrics implements WorkerMetrics {
    private static final double[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final Duration[] TIMES = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5),
        Duration.ofSeconds(30), Duration.ofMinutes(5)
    };
    private static final double NANOS = 1e-9;

    private final MeterRegistry registry;
    private final Supplier<WorkerStats> stats;
    private final Supplier<WorkerState> state;
    private final DistributionSummary items;
    private final Timer time;
    private final Timer waited;

    /**
     * Registers everything.
     *
     * @param stats asked at every scrape
     * @param state asked at every scrape
     */
    public MicrometerMetrics(MeterRegistry registry, Supplier<WorkerStats> stats, Supplier<WorkerState> state) {
        this.registry = registry;
        this.stats = stats;
        this.state = state;
        this.items = DistributionSummary.builder(MetricName.BATCH_ITEMS.dotted())
                .description(MetricName.BATCH_ITEMS.help())
                .serviceLevelObjectives(COUNTS)
                .register(registry);
        this.time = timer(MetricName.BATCH_TIME);
        this.waited = timer(MetricName.BATCH_WAIT);
        totals();
        outcomes();
        gauges();
    }

    @Override
    public void batchBegan(Batch<?> batch, long waitedNanos) {
        waited.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void batchEnded(Batch<?> batch, long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
        items.record(batch.count());
    }

    private void totals() {
        for (Batch.Reason reason : Batch.Reason.values()) {
            counter(
                    MetricName.BATCHES,
                    "",
                    stats -> stats.batchesByReason().getOrDefault(reason, 0L),
                    "reason",
                    code(reason));
        }
        counter(MetricName.MODEL_TOKENS, Total.TOKENS);
        counter(MetricName.MODEL_PADDED_TOKENS, Total.PADDED_TOKENS);
        counter(MetricName.EXECUTOR_BUSY, "seconds", stats -> NANOS * stats.busyNanos());
        counter(MetricName.EXECUTOR_IDLE_WAITING, "seconds", stats -> NANOS * stats.of(Total.IDLE_WAITING_NANOS));
        counter(MetricName.CACHE_HITS, Total.CACHE_HITS);
        counter(MetricName.CACHE_MISSES, Total.CACHE_MISSES);
        counter(MetricName.COALESCED, Total.COALESCED);
        counter(MetricName.RETRIES, Total.RETRIES);
        counter(MetricName.LOCKS_LOST, Total.LOCKS_LOST);
        FunctionCounter.builder(MetricName.BUDGET_HALVINGS.dotted(), state, state -> state.get()
                        .budget()
                        .halvings())
                .description(MetricName.BUDGET_HALVINGS.help())
                .register(registry);
    }

    private void outcomes() {
        counter(MetricName.OUTCOMES, "", WorkerStats::results, "outcome", "result", "code", "");
        for (ReasonCode code : ReasonCode.values()) {
            counter(
                    MetricName.OUTCOMES,
                    "",
                    stats -> stats.refusals().getOrDefault(code, 0L),
                    "outcome",
                    code(code.category()),
                    "code",
                    code.code());
        }
    }

    private void gauges() {
        gauge(MetricName.QUEUE_TEXTS, "", WorkerState::textsWaiting);
        gauge(MetricName.QUEUE_AGE, "seconds", state -> NANOS * state.oldestWaitingNanos());
        gauge(MetricName.IN_FLIGHT_RECORDS, "", WorkerState::recordsInFlight);
        gauge(MetricName.IN_FLIGHT_SIZE, "bytes", WorkerState::bytesInFlight);
        gauge(MetricName.WATERMARK_DISTANCE, "", WorkerState::watermarkDistance);
        gauge(MetricName.CACHE_ENTRIES, "", WorkerState::cacheEntries);
        gauge(MetricName.CACHE_SIZE, "bytes", WorkerState::cacheBytes);
        gauge(MetricName.SUSPECTS, "", WorkerState::suspects);
        gauge(MetricName.OBSTACLES, "", state -> state.obstacles().size());
        gauge(MetricName.BUDGET_TOKENS, "", state -> state.budget().now());
        gauge(MetricName.BUDGET_LEARNED_TOKENS, "", state -> state.budget().learned());
    }

    private Timer timer(MetricName name) {
        return Timer.builder(name.dotted())
                .description(name.help())
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private void counter(MetricName name, Total total) {
        counter(name, "", stats -> stats.of(total));
    }

    private void counter(MetricName name, String unit, ToDoubleFunction<WorkerStats> value, String... tags) {
        FunctionCounter.builder(name.dotted(), stats, stats -> value.applyAsDouble(stats.get()))
                .description(name.help())
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(registry);
    }

    private void gauge(MetricName name, String unit, ToDoubleFunction<WorkerState> value) {
        Gauge.builder(name.dotted(), state, state -> value.applyAsDouble(state.get()))
                .description(name.help())
                .baseUnit(unit.isEmpty() ? null : unit)
                .strongReference(true)
                .register(registry);
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
