package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelsConfigTest {
    private final Problems problems = new Problems();

    @Test
    void anEmptySectionGivesTheEmbeddedDefault() {
        ModelsConfig config = ModelsConfig.defaults(Path.of("somewhere"));

        assertThat(config.directory()).isEqualTo(Path.of("somewhere"));
        assertThat(config.name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(config.precision()).isEqualTo(Precision.FP32);
        assertThat(config.device()).isEqualTo("auto");
        assertThat(config.executors()).isEqualTo(2);
        assertThat(config.threads()).isPositive();
        assertThat(config.maxTokens()).isZero();
    }

    @Test
    void everyKeyIsRead() {
        ModelsConfig config = read(
                "{directory: d, name: my.model, precision: bf16, device: 'gpu:1', executors: 3, threads: 4, max-tokens: 128}");

        assertThat(problems.all()).isEmpty();
        assertThat(config).isEqualTo(new ModelsConfig(Path.of("d"), "my.model", Precision.BF16, "gpu:1", 3, 4, 128));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        read("{name: ../x, precision: fp16, device: cuda, executors: 0, threads: many, max-tokens: 4, batch: 3}");

        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "models.name",
                        "models.precision",
                        "models.device",
                        "models.executors",
                        "models.threads",
                        "models.max-tokens",
                        "models.batch");
    }

    private ModelsConfig read(String yaml) {
        return ModelsConfig.read(
                YamlFile.parse("models: " + yaml, "test.yaml", problems).section("models"));
    }
}
