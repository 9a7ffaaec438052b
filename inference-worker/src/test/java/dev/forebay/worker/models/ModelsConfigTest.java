package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsConfigTest {
    private final Problems problems = new Problems();

    @Test
    void anEmptySectionGivesTheEmbeddedDefault() {
        ModelsConfig config = ModelsConfig.defaults(Path.of("somewhere"));

        assertThat(config.directory()).isEqualTo(Path.of("somewhere"));
        assertThat(config.name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(config.execution()).isEqualTo(Execution.AUTO);
        assertThat(config.maxTokens()).isZero();
    }

    @Test
    void everyKeyIsRead() {
        ModelsConfig config = read(
                "{directory: d, name: my.model, precision: bf16, device: 'gpu:1', executors: 3, threads: 4, max-tokens: 128}");

        assertThat(problems.all()).isEmpty();
        assertThat(config)
                .isEqualTo(new ModelsConfig(
                        Path.of("d"),
                        "my.model",
                        128,
                        new Execution(EngineKind.PYTORCH, Optional.of(Variant.BF16), "gpu:1", 3, 4)));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        read(
                "{name: ../x, engine: torch, precision: fp8, device: cuda, executors: 0, threads: many, max-tokens: 4, sha256: [AB], batch: 3}");

        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "models.name",
                        "models.engine",
                        "models.precision",
                        "models.device",
                        "models.executors",
                        "models.threads",
                        "models.max-tokens",
                        "models.sha256",
                        "models.batch");
    }

    @Test
    void aPrecisionIsOneOfItsEngine() {
        assertThat(read("{engine: onnxruntime, precision: int8}").execution().variant())
                .contains(Variant.ONNX_INT8);
        assertThat(problems.all()).isEmpty();

        read("{engine: onnxruntime, precision: bf16-packed}");

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("models.precision", "bf16-packed", "auto, fp32, int8"));
    }

    @Test
    void whatAGpuCannotRunIsRefused() {
        read("{precision: bf16-packed, device: 'gpu:0'}");
        read("{engine: onnxruntime, device: 'gpu:0'}");

        assertThat(problems.all()).extracting(Problem::key).containsExactly("models.precision", "models.device");
    }

    private ModelsConfig read(String yaml) {
        return ModelsConfig.read(
                YamlFile.parse("models: " + yaml, "test.yaml", problems).section("models"));
    }
}
