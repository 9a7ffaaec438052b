package dev.forebay.worker.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.ModelDescription;
import dev.forebay.worker.infer.Shape;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetTunerTest {
    private static final BudgetKey KEY = key("0123456789ab", 2);

    @TempDir
    private Path models;

    private final MeasuredModel model = new MeasuredModel();
    private final List<String> said = new ArrayList<>();

    @Test
    void theFirstStartMeasuresAndTheSecondRemembers() throws IOException {
        LearnedBudget learned = tuner().budget(model, KEY).orElseThrow();
        LearnedBudget remembered = tuner().budget(model, KEY).orElseThrow();

        assertThat(learned.knee().paddedTokens()).isEqualTo(256);
        assertThat(remembered).isEqualTo(learned);
        assertThat(model.measurements).isEqualTo(1);
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains("up to 256 padded tokens");
        assertThat(files().all()).containsExactly(learned);
    }

    @Test
    void anotherModelVersionOrLayoutIsMeasuredAnew() {
        tuner().budget(model, KEY);
        tuner().budget(model, key("ba9876543210", 2));
        tuner().budget(model, key("0123456789ab", 1));

        assertThat(model.measurements).isEqualTo(3);
    }

    @Test
    void aFileThatIsNotOursIsMeasuredAnewAndWrittenOver() throws IOException {
        tuner().budget(model, KEY);
        Path file = models.resolve("m").resolve(KEY.file());
        String sound = Files.readString(file);
        List<String> unusable = List.of(
                "",
                "null",
                "{\"format\": 1",
                "[]",
                "{\"format\": 1}",
                sound.replace("\"format\" : 2", "\"format\" : 1"),
                sound.replaceFirst("\"padded_tokens\" : [0-9]+", "\"padded_tokens\" : 0"),
                sound.replace("0123456789ab", "another"));
        for (String content : unusable) {
            Files.write(file, content.getBytes(StandardCharsets.UTF_8));
            int before = model.measurements;

            assertThat(tuner().budget(model, KEY)).as(content).isPresent();

            assertThat(model.measurements).as(content).isEqualTo(before + 1);
            assertThat(files().read(KEY)).as(content).isPresent();
        }
    }

    @Test
    void aBudgetThatCannotBeKeptIsUsedAllTheSame() throws IOException {
        Files.createFile(models.resolve("m"));

        assertThat(tuner().budget(model, KEY)).isPresent();

        assertThat(said.get(1)).contains("cannot be kept").contains("worker.batch.padded-tokens to 256");
    }

    @Test
    void nothingIsKeptOfAMeasurementThatWasCutShort() throws IOException {
        model.calls = 3;

        assertThat(tuner().budget(model, KEY)).isEmpty();

        assertThat(models.resolve("m")).doesNotExist();
    }

    @Test
    void noHalfWrittenFileIsLeft() throws IOException {
        tuner().budget(model, KEY);

        try (Stream<Path> left = Files.list(models.resolve("m"))) {
            assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsExactly(KEY.file());
        }
    }

    private BudgetTuner tuner() {
        return new BudgetTuner(files(), () -> Instant.EPOCH, said::add);
    }

    private BudgetFiles files() {
        return BudgetFiles.of(models, "m");
    }

    private static BudgetKey key(String version, int executors) {
        Machine machine = new Machine("a processor", 2, "f", "pytorch 2.7.1", "cpu");
        return new BudgetKey("m", version, "fp32", machine, 256, 64, executors, 1);
    }

    /** As fast with 256 padded tokens as with more. */
    private static final class MeasuredModel implements Model {
        private int measurements;
        private int calls = Integer.MAX_VALUE;

        @Override
        public void measure(KneeSearch search) {
            measurements++;
            long now = 0;
            Optional<Shape> shape = search.next(now);
            for (int call = 0; call < calls && shape.isPresent(); call++) {
                long nanos = 100_000L * Math.max(256, shape.get().tokens());
                now += nanos;
                search.ran(nanos);
                shape = search.next(now);
            }
        }

        @Override
        public List<Inference> infer(List<Tokens> batch) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public ModelDescription describe() {
            return new ModelDescription("m", "0123456789ab", 1, 256, "fp32", "cpu");
        }

        @Override
        public void warmUp() {}

        @Override
        public List<Tokens> tokenize(List<String> texts) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public void close() {}
    }
}
