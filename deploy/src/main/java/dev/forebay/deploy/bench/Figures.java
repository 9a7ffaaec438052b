package dev.forebay.deploy.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** From what was measured to the figures; a figure whose part was left out is absent. */
final class Figures {
    private static final int HALF = 50;

    private final Findings findings;
    private final Map<Figure, Measured> values = new EnumMap<>(Figure.class);

    private Figures(Findings findings) {
        this.findings = findings;
    }

    /** @param cores of the machine */
    static Map<Figure, Measured> of(Findings findings, int cores) {
        Figures figures = new Figures(findings);
        figures.comparison();
        figures.overhead(cores);
        figures.latency();
        figures.lanes();
        figures.growth();
        return figures.values;
    }

    private void comparison() {
        put(Figure.ENGINE_TEXTS_PER_SECOND, findings.rates(BenchPart.ENGINE));
        put(Figure.PIPELINE_TEXTS_PER_SECOND, findings.rates(BenchPart.PIPELINE));
        put(Figure.EXACTLY_ONCE_TEXTS_PER_SECOND, findings.rates(BenchPart.EXACTLY_ONCE));
        put(Figure.PROCESSORS_TEXTS_PER_SECOND, findings.rates(BenchPart.PROCESSORS));
        put(Figure.ONE_PER_CALL_TEXTS_PER_SECOND, findings.rates(BenchPart.ONE_PER_CALL));
        put(Figure.PARALLEL_CALLS_TEXTS_PER_SECOND, findings.rates(BenchPart.PARALLEL_CALLS));
        put(Figure.FIXED_BATCHES_TEXTS_PER_SECOND, findings.rates(BenchPart.FIXED_BATCHES));
        put(Figure.ONNXRUNTIME_TEXTS_PER_SECOND, findings.rates(BenchPart.ONNXRUNTIME));
        ratio(Figure.PIPELINE_VS_ENGINE, BenchPart.PIPELINE, BenchPart.ENGINE);
        ratio(Figure.VS_ONE_PER_CALL, BenchPart.PIPELINE, BenchPart.ONE_PER_CALL);
        ratio(Figure.VS_PARALLEL_CALLS, BenchPart.PIPELINE, BenchPart.PARALLEL_CALLS);
        ratio(Figure.VS_FIXED_BATCHES, BenchPart.PIPELINE, BenchPart.FIXED_BATCHES);
        ratio(Figure.VS_ONNXRUNTIME, BenchPart.PIPELINE, BenchPart.ONNXRUNTIME);
        ratio(Figure.EXACTLY_ONCE_VS_AT_LEAST_ONCE, BenchPart.EXACTLY_ONCE, BenchPart.PIPELINE);
        put(Figure.PADDING_SHARE, batching(Batching::paddingShare));
        put(Figure.DEVICE_IDLE_SHARE, batching(Batching::idleShare));
        put(Figure.TOKENIZER_TEXTS_PER_SECOND, findings.tokenizer());
        findings.rounds().stream()
                .mapToDouble(Round::lowestCosine)
                .min()
                .ifPresent(lowest -> put(Figure.LOWEST_COSINE, List.of(lowest)));
    }

    private void overhead(int cores) {
        List<Double> rates = findings.overhead().stream().map(Timed::perSecond).toList();
        put(Figure.NOOP_RECORDS_PER_SECOND, rates);
        put(
                Figure.NOOP_RECORDS_PER_SECOND_PER_CORE,
                rates.stream().map(rate -> rate / cores).toList());
        put(
                Figure.NOOP_CPU_MICROS_PER_RECORD,
                findings.overhead().stream().map(Timed::cpuMicrosPerRecord).toList());
    }

    private void latency() {
        findings.load().stream()
                .filter(level -> level.capacityPercent() == HALF)
                .forEach(level -> put(
                        Figure.P99_MS_AT_50_PERCENT, List.of(level.latencies().p99())));
        SingleRequest.Found single = findings.single();
        if (single != null) {
            put(Figure.SINGLE_REQUEST_P50_MS, single.pipeline());
            put(Figure.DIRECT_CALL_P50_MS, single.directCall());
            put(Figure.KAFKA_ROUND_TRIP_P50_MS, single.roundTrip());
            put(Figure.SINGLE_REQUEST_EXTRA_MS, single.extra());
        }
    }

    private void lanes() {
        LaneLoad.Found lanes = findings.lanes();
        if (lanes != null) {
            put(Figure.P99_MS_LIVE_ALONE, List.of(lanes.alone().p99()));
            put(Figure.P99_MS_LIVE_WITH_BULK, List.of(lanes.withBulk().p99()));
            put(Figure.BULK_TEXTS_PER_SECOND, List.of(lanes.bulkPerSecond()));
            put(Figure.BULK_SHARE, List.of(lanes.bulkShare()));
            put(Figure.BULK_BATCH_MS, List.of(lanes.batchMillis()));
        }
    }

    private void growth() {
        heap(Figure.HEAP_MB_1X, 1);
        heap(Figure.HEAP_MB_16X, 16);
    }

    private void heap(Figure figure, int factor) {
        put(
                figure,
                findings.growth().stream()
                        .filter(size -> size.factor() == factor)
                        .map(Growth.Size::peakMegabytes)
                        .toList());
    }

    private List<Double> batching(Function<Batching, Double> share) {
        return findings.of(BenchPart.PIPELINE).stream()
                .map(round -> round.timed().batching())
                .flatMap(Stream::ofNullable)
                .map(share)
                .toList();
    }

    private void ratio(Figure figure, BenchPart part, BenchPart other) {
        List<Double> rates = findings.rates(part);
        List<Double> others = findings.rates(other);
        if (!rates.isEmpty() && !others.isEmpty()) {
            put(figure, Statistics.ratios(rates, others));
        }
    }

    private void put(Figure figure, List<Double> samples) {
        if (!samples.isEmpty()) {
            values.put(figure, new Measured(samples));
        }
    }
}
