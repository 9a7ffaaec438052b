package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.models.EngineKind;
import dev.forebay.worker.models.Execution;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.models.Variant;
import dev.forebay.worker.models.VariantChoice;
import dev.forebay.worker.models.VariantFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice on the real engine; what is decided from figures is the matter of DecisionTest. */
@Tag("slow")
class ChoiceTest {
    @TempDir
    private Path directory;

    @Test
    void theFirstStartMeasuresAndTheSecondDoesNot() throws IOException {
        Execution cpu = new Execution(EngineKind.PYTORCH, Optional.empty(), "cpu", 0, 0);
        ModelsConfig config = new ModelsConfig(directory, "all-MiniLM-L6-v2", 0, cpu);
        List<String> said = new ArrayList<>();
        long started = System.nanoTime();

        String precision;
        try (DjlModel model = LocalModels.open(config, said::add)) {
            precision = model.describe().precision();
            assertThat(SharedModel.vectors(model, List.of("a text"))).hasSize(1);
        }

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(300);
        assertThat(said).last().asString().contains("chose " + precision, "executors x threads");
        ModelDirectory models = ModelDirectory.at(directory);
        assertThat(models.list())
                .as("the variant that was chosen is kept, no other")
                .singleElement()
                .satisfies(model -> assertThat(model.card().variant().code()).isEqualTo(precision));
        VariantChoice choice = models.choices("all-MiniLM-L6-v2").get(0);
        assertThat(choice.variant().code()).isEqualTo(precision);
        assertThat(choice.variants())
                .extracting(VariantFigures::variant)
                .containsExactly(Variant.FP32, Variant.FP32_PACKED, Variant.BF16, Variant.BF16_PACKED, Variant.INT8);
        try (DjlModel again = LocalModels.open(config, line -> {
            throw new AssertionError("measured again: " + line);
        })) {
            assertThat(again.describe().precision()).isEqualTo(precision);
            assertThat(again.executors()).isEqualTo(choice.layout().executors());
        }
    }
}
