package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.models.EngineKind;
import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a machine with a GPU and libtorch's CUDA natives: {@code mvn -Pcuda test}. */
@Tag("cuda")
class CudaTest {
    private static final List<String> TEXTS =
            List.of("short", "the river rose over night", "why was my card refused ".repeat(12));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "FP16"})
    void aGpuGivesWhatTheProcessorGives(Variant variant) throws IOException {
        Execution gpu = new Execution(EngineKind.PYTORCH, Optional.of(variant), "gpu:0", 2, 1);
        List<float[]> expected = SharedModel.vectors(SharedModel.fp32(), TEXTS);

        try (DjlModel model = open(gpu)) {
            List<float[]> found = SharedModel.vectors(model, TEXTS);

            assertThat(model.describe().device()).isEqualTo("gpu:0");
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(SharedModel.difference(found.get(i), expected.get(i)))
                        .isLessThan(variant == Variant.FP32 ? 1e-3 : 2e-2);
            }
        }
    }

    @Test
    void everyGpuGetsOneExecutorAndTheFastestVariantThatAgrees() throws IOException {
        try (DjlModel model = open(Execution.AUTO)) {
            assertThat(model.describe().device()).startsWith("gpu:0");
            assertThat(model.describe().precision()).isIn("fp32", "bf16", "fp16");
            assertThat(model.executors())
                    .isEqualTo(Engines.devices(Engines.pyTorch(), "auto").size());
        }
    }

    @Test
    void whatIsPackedForAProcessorIsRefused() {
        Execution packed = new Execution(EngineKind.PYTORCH, Optional.of(Variant.BF16_PACKED), "auto", 1, 1);

        assertThatThrownBy(() -> open(packed))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bf16-packed runs on the CPU only");
    }

    private DjlModel open(Execution execution) throws IOException {
        return LocalModels.open(new ModelsConfig(directory, "all-MiniLM-L6-v2", 0, execution), line -> {});
    }
}
