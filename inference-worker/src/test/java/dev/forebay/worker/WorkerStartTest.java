package dev.forebay.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerStartTest {
    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void aWorkerThatCannotKeepItsStateDoesNotStart(String delivery, @TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        WorkerConfig config = WorkerConfig.read(Section.of(
                Map.of("delivery", delivery, "state", file.resolve("state").toString()), new Problems()));

        assertThatThrownBy(() -> Worker.start(
                        config,
                        new Worker.Workload(new NoModel(), Map.of(), 1),
                        KafkaConfig.of("127.0.0.1:1"),
                        Topics.defaults(),
                        Codecs.of(new RegistryConfig(Map.of()))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("worker.state: " + file.resolve("state"))
                .hasMessageContaining("Name a directory that this user can write");
    }

    private static final class NoModel implements Model {
        @Override
        public ModelDescription describe() {
            return new ModelDescription("none", "0", 1, 8, "fp32", "cpu");
        }

        @Override
        public void warmUp() {
            throw new AssertionError("not asked for here");
        }

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public void close() {}
    }
}
