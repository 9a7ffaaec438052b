package dev.forebay.worker.models;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of the files that can be made from the same weights: an engine, a number format and a form of the linear layers.
 * The constants of an engine stand in the order of preference: of two that are equally fast the first is taken.
 */
public enum Variant {
    FP32(EngineKind.PYTORCH, "fp32"),
    /** Matrices in the order that oneDNN reads them in; the CPU's only. */
    FP32_PACKED(EngineKind.PYTORCH, "fp32-packed"),
    /** bfloat16: 2 to 4 times fp32 on processors with AMX or AVX512-BF16 and on GPUs; may be slower elsewhere. */
    BF16(EngineKind.PYTORCH, "bf16"),
    /** Like {@link #FP32_PACKED}. */
    BF16_PACKED(EngineKind.PYTORCH, "bf16-packed"),
    /** For GPUs; slow on processors. */
    FP16(EngineKind.PYTORCH, "fp16"),
    /** 8-bit products of matrices quantised per row and inputs quantised per batch; the CPU's only. */
    INT8(EngineKind.PYTORCH, "int8"),
    /** The source itself. */
    ONNX_FP32(EngineKind.ONNXRUNTIME, "fp32"),
    /** A quantised file that the model's author made, where it is on the classpath. */
    ONNX_INT8(EngineKind.ONNXRUNTIME, "int8");

    private final EngineKind engine;
    private final String word;

    Variant(EngineKind engine, String word) {
        this.engine = engine;
        this.word = word;
    }

    public EngineKind engine() {
        return engine;
    }

    /** As in {@code models.precision}, where {@code models.engine} says the rest. */
    public String word() {
        return word;
    }

    /** As in cards, directory names and results: unlike the word it is of one variant alone. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The file in the model's directory that the engine loads. */
    public String weights() {
        return engine == EngineKind.ONNXRUNTIME ? "model.onnx" : "model.pt";
    }

    /** Whether it computes with the numbers that the source holds, so that nothing but the order of sums may differ. */
    boolean isExact() {
        return this == FP32 || this == FP32_PACKED || this == ONNX_FP32;
    }

    /** Whether a GPU can run it. */
    public boolean runsOnGpu() {
        return this == FP32 || this == BF16 || this == FP16;
    }

    /** Whether a processor may be faster with it than with the others. */
    boolean isForProcessors() {
        return this != FP16;
    }

    Precision stored() {
        return switch (this) {
            case BF16, BF16_PACKED -> Precision.BF16;
            case FP16 -> Precision.FP16;
            default -> Precision.FP32;
        };
    }

    LinearLayers linears() {
        return switch (this) {
            case FP32_PACKED, BF16_PACKED -> LinearLayers.PACKED;
            case INT8 -> LinearLayers.INT8;
            default -> LinearLayers.PLAIN;
        };
    }

    /** Those that an engine runs on a device, in order of preference. */
    public static List<Variant> of(EngineKind engine, boolean gpu) {
        return Arrays.stream(values())
                .filter(variant -> variant.engine == engine)
                .filter(variant -> gpu ? variant.runsOnGpu() : variant.isForProcessors())
                .toList();
    }

    /** The words that name a variant of an engine. */
    static List<String> words(EngineKind engine) {
        return Arrays.stream(values())
                .filter(variant -> variant.engine == engine)
                .map(Variant::word)
                .toList();
    }

    public static Optional<Variant> named(EngineKind engine, String word) {
        return Arrays.stream(values())
                .filter(variant -> variant.engine == engine && variant.word.equals(word))
                .findFirst();
    }
}
