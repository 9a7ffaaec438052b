package dev.forebay.deploy.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a bench can be made of, as {@code --only} names it. */
public enum BenchPart {
    ENGINE,
    PIPELINE,
    EXACTLY_ONCE,
    PROCESSORS,
    ONE_PER_CALL,
    PARALLEL_CALLS,
    FIXED_BATCHES,
    ONNXRUNTIME,
    OVERHEAD,
    LATENCY,
    LANES,
    GROWTH;

    /** {@code one-per-call}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(BenchPart::code).toList();
    }
}
