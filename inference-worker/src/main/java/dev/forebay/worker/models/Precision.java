package dev.forebay.worker.models;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the weights are stored and multiplied; pooling and normalisation are always in fp32. */
public enum Precision {
    FP32,
    /** bfloat16: 2 to 4 times fp32 on processors with AMX or AVX512-BF16 and on GPUs; may be slower elsewhere. */
    BF16;

    /** As in configuration, cards and directory names. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
