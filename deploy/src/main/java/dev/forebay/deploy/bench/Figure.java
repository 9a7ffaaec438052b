package dev.forebay.deploy.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A number that a bench gives, under a name that is API, with what it means. */
enum Figure {
    ENGINE_TEXTS_PER_SECOND(
            Unit.TEXTS,
            "The engine alone: tokenised texts, sorted by length, in batches at the worker's own budget, on as many"
                    + " threads as the worker has executors; no Kafka."),
    PIPELINE_TEXTS_PER_SECOND(
            Unit.TEXTS,
            "Topic to topic through broker, registry and worker, processors off: from the moment the backlog becomes"
                    + " visible to the last acknowledged outcome."),
    PIPELINE_VS_ENGINE(Unit.RATIO, "The pipeline's rate over the engine's in the same round."),
    VS_ONE_PER_CALL(
            Unit.RATIO,
            "The pipeline's rate over that of a consumer loop that calls the model once for each record, on all of the"
                    + " engine's threads; same model file, tokenizer and record format."),
    VS_FIXED_BATCHES(
            Unit.RATIO,
            "The pipeline's rate over that of consumer loops that poll up to 32 records, run them as one batch padded to"
                    + " the longest, and commit."),
    VS_WLM(Unit.RATIO, "The pipeline's rate over that of DJL Serving's WorkLoadManager fed by a consumer."),
    VS_ONNXRUNTIME(
            Unit.RATIO,
            "The pipeline's rate over that of the same pipeline with ONNX Runtime in fp32 in place of the chosen"
                    + " variant."),
    NOOP_RECORDS_PER_SECOND(
            Unit.RECORDS, "The worker with a model that does nothing, records of 1 KB, broker on the same machine."),
    P99_MS_AT_50_PERCENT(
            Unit.MILLIS,
            "99th percentile from the intended send time to the answer read, with random arrivals at half of the"
                    + " pipeline's rate."),
    P99_MS_LIVE_WITH_BULK(
            Unit.MILLIS, "The same for live requests at 20 percent of that rate while a bulk back-fill runs."),
    P99_MS_LIVE_ALONE(Unit.MILLIS, "The same for the same live requests without the back-fill."),
    DEVICE_IDLE_SHARE(
            Unit.SHARE, "Time that executors spent outside the model while texts waited, in the pipeline's rounds."),
    PADDING_SHARE(Unit.SHARE, "Tokens that were padding, of all that the model ran, in the pipeline's rounds."),
    HEAP_MB_1X(Unit.MEGABYTES, "Highest live heap while the smallest backlog is worked off."),
    HEAP_MB_16X(Unit.MEGABYTES, "Highest live heap with sixteen times that backlog."),

    EXACTLY_ONCE_TEXTS_PER_SECOND(Unit.TEXTS, "The pipeline with worker.delivery exactly-once."),
    EXACTLY_ONCE_VS_AT_LEAST_ONCE(Unit.RATIO, "That rate over the pipeline's, which is at-least-once."),
    PROCESSORS_TEXTS_PER_SECOND(Unit.TEXTS, "The pipeline with both topologies around the worker."),
    ONE_PER_CALL_TEXTS_PER_SECOND(Unit.TEXTS, "A consumer loop with one call for each record."),
    PARALLEL_CALLS_TEXTS_PER_SECOND(
            Unit.TEXTS, "A loop like this for each executor, each with its share of the engine's threads."),
    VS_PARALLEL_CALLS(Unit.RATIO, "The pipeline's rate over that."),
    FIXED_BATCHES_TEXTS_PER_SECOND(Unit.TEXTS, "Consumer loops with batches of up to 32 in order of arrival."),
    ONNXRUNTIME_TEXTS_PER_SECOND(Unit.TEXTS, "The pipeline with ONNX Runtime in fp32."),
    TOKENIZER_TEXTS_PER_SECOND(Unit.TEXTS, "The tokenizer alone, on one thread, 32 texts a call."),
    NOOP_RECORDS_PER_SECOND_PER_CORE(Unit.RECORDS, "noop_records_per_second over the number of cores."),
    NOOP_CPU_MICROS_PER_RECORD(
            Unit.MICROS, "Processor time of the whole process, broker included, for one record of that measurement."),
    SINGLE_REQUEST_P50_MS(Unit.MILLIS, "One request a second through the idle pipeline, from send to answer read."),
    DIRECT_CALL_P50_MS(Unit.MILLIS, "Tokenizing and running the same texts one by one, beside it."),
    KAFKA_ROUND_TRIP_P50_MS(
            Unit.MILLIS, "The same records through both topics with an echo in the worker's place, beside it."),
    SINGLE_REQUEST_EXTRA_MS(
            Unit.MILLIS, "What a single request took beyond its own direct call and its own round trip, median."),
    BULK_TEXTS_PER_SECOND(Unit.TEXTS, "What the bulk back-fill got beside the live requests."),
    BULK_SHARE(Unit.SHARE, "The back-fill's part of all texts answered meanwhile."),
    BULK_BATCH_MS(Unit.MILLIS, "Mean time of a batch in the model while the back-fill runs."),
    LOWEST_COSINE(Unit.COSINE, "Between any contender's vector and the engine's for the same text.");

    private final Unit unit;
    private final String definition;

    /** What a number counts, and how exactly it is shown. */
    enum Unit {
        TEXTS("texts/s", "%,.1f"),
        RECORDS("records/s", "%,.0f"),
        RATIO("x", "%.3f"),
        SHARE("share", "%.4f"),
        COSINE("cosine", "%.5f"),
        MILLIS("ms", "%,.2f"),
        MICROS("us", "%,.1f"),
        MEGABYTES("MB", "%,.1f");

        private final String label;
        private final String format;

        Unit(String label, String format) {
            this.label = label;
            this.format = format;
        }

        String label() {
            return label;
        }

        String show(double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }

    Figure(Unit unit, String definition) {
        this.unit = unit;
        this.definition = definition;
    }

    /** As in the JSON file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Unit unit() {
        return unit;
    }

    String definition() {
        return definition;
    }

    /** Those that stand at the top of the JSON file, null where they were not measured. */
    static Set<Figure> main() {
        return EnumSet.range(ENGINE_TEXTS_PER_SECOND, HEAP_MB_16X);
    }

    /** Those that explain them. */
    static Set<Figure> more() {
        return EnumSet.complementOf(EnumSet.range(ENGINE_TEXTS_PER_SECOND, HEAP_MB_16X));
    }
}
