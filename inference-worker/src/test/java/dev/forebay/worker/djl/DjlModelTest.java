package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.KneeSearch;
import dev.forebay.worker.infer.ModelException;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.ModelCard;
import dev.forebay.worker.models.ModelDirectory;
import dev.forebay.worker.models.Variant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlModelTest {
    private static final double TOLERANCE = 1e-5;
    private static final List<String> WORDS =
            List.of("river", "invoice", "late", "the", "turbine", "card", "why", "blue", "refund", "gate");

    private final DjlModel model = SharedModel.fp32();

    @Test
    void describesWhatRuns() {
        assertThat(model.describe().name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(model.describe().version()).matches("[0-9a-f]{12}");
        assertThat(model.describe().dimension()).isEqualTo(384);
        assertThat(model.describe().maxTokens()).isEqualTo(256);
        assertThat(model.describe().device()).isEqualTo("cpu");
        assertThat(model.describe().precision()).isEqualTo("fp32");
    }

    @Test
    void rowsOfABatchBelongToTheirTexts() {
        List<String> texts = texts(24, 7);
        List<float[]> alone = texts.stream()
                .map(text -> SharedModel.vectors(model, List.of(text)).get(0))
                .toList();

        List<float[]> together = SharedModel.vectors(model, texts);

        assertSame(together, alone);
        assertThat(SharedModel.difference(alone.get(0), alone.get(1))).isGreaterThan(0.01);
    }

    @Test
    void paddingDoesNotChangeARow() {
        float[] alone = SharedModel.vectors(model, List.of("short text")).get(0);

        float[] padded = SharedModel.vectors(model, List.of("short text", "very long text ".repeat(100)))
                .get(0);

        assertThat(SharedModel.difference(padded, alone)).isLessThan(TOLERANCE);
    }

    @Test
    void fourThreadsOnTwoPredictorsGetWhatOneGets() throws Exception {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            batches.add(texts(1 + i % 6, 100 + i));
        }
        List<List<float[]>> expected =
                batches.stream().map(batch -> SharedModel.vectors(model, batch)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<float[]>>> running = new ArrayList<>();
            for (List<String> batch : batches) {
                running.add(threads.submit(() -> SharedModel.vectors(model, batch)));
            }
            for (int i = 0; i < running.size(); i++) {
                assertSame(running.get(i).get(60, TimeUnit.SECONDS), expected.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTokenizerThatIsNoneIsNamed(@TempDir Path root) throws Exception {
        InstalledModel sound = ModelDirectory.at(SharedModel.DIRECTORY)
                .find("all-MiniLM-L6-v2", Variant.FP32)
                .orElseThrow();
        Path directory = Files.createDirectories(
                root.resolve("all-MiniLM-L6-v2").resolve(sound.directory().getFileName()));
        for (String file : List.of(sound.card().variant().weights(), "model-card.json")) {
            Files.copy(sound.directory().resolve(file), directory.resolve(file));
        }
        byte[] broken = "none".getBytes(StandardCharsets.UTF_8);
        Files.write(directory.resolve(InstalledModel.TOKENIZER), broken);
        ModelCard.StoredFile stored =
                Objects.requireNonNull(sound.card().files().get(InstalledModel.TOKENIZER));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(broken));
        Path card = directory.resolve("model-card.json");
        Files.writeString(
                card,
                Files.readString(card)
                        .replace(stored.sha256(), sha256)
                        .replace(" : " + stored.bytes(), " : " + broken.length));
        InstalledModel installed =
                ModelDirectory.at(root).find("all-MiniLM-L6-v2", Variant.FP32).orElseThrow();

        assertThatThrownBy(() -> DjlModel.load(installed, new DjlModel.Options("cpu", 1, 1, 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the tokenizer in " + directory + " cannot be loaded: ");
    }

    @Test
    void anItemWithBadTokensFailsAlone() {
        Tokens sound = model.tokenize(List.of("sound")).get(0);
        List<Tokens> batch = List.of(
                new Tokens(new long[] {101, -1, 102}, false),
                sound,
                new Tokens(new long[] {101, 30522, 102}, false),
                new Tokens(new long[0], false),
                new Tokens(new long[257], false));

        List<Inference> outcomes = model.infer(batch);

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.get(1)).isInstanceOf(Inference.Vector.class);
        assertThat(outcomes.stream()
                        .filter(Inference.Invalid.class::isInstance)
                        .map(outcome -> ((Inference.Invalid) outcome).message()))
                .containsExactly(
                        "the token id -1 where 0 to 30521 exist",
                        "the token id 30522 where 0 to 30521 exist",
                        "0 tokens where 1 to 256 fit the window",
                        "257 tokens where 1 to 256 fit the window");
        assertThat(((Inference.Vector) outcomes.get(1)).values()).hasSize(384);
    }

    @Test
    void nothingInGivesNothingOut() {
        assertThat(model.tokenize(List.of())).isEmpty();
        assertThat(model.infer(List.of())).isEmpty();
    }

    @Test
    void vectorsHaveLengthOne() {
        for (float[] vector : SharedModel.vectors(model, texts(8, 3))) {
            double square = 0;
            for (float value : vector) {
                square += (double) value * value;
            }
            assertThat(square).isBetween(0.9999, 1.0001);
        }
    }

    @Test
    void closingUnderPredictionsWaitsForThemAndRefusesTheNext() throws Exception {
        DjlModel own = SharedModel.load(Variant.FP32);
        List<Tokens> batch = own.tokenize(texts(8, 5));
        CountDownLatch started = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> {
                    started.countDown();
                    int done = 0;
                    while (true) {
                        try {
                            assertThat(own.infer(batch)).hasSize(8);
                            done++;
                        } catch (ModelException closed) {
                            assertThat(closed).hasMessage("the model all-MiniLM-L6-v2 is closed");
                            return done;
                        }
                    }
                }));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            own.close();
            own.close();

            for (Future<Integer> thread : running) {
                assertThat(thread.get(30, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(0);
            }
            assertThatThrownBy(() -> own.tokenize(List.of("late"))).isInstanceOf(ModelException.class);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aGpuThatIsNotThereIsSaidSo() throws Exception {
        InstalledModel installed = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {});

        assertThatThrownBy(() -> DjlModel.load(installed, new DjlModel.Options("gpu:7", 1, 1, 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("models.device is gpu:7")
                .hasMessageContaining("auto or cpu");
    }

    @Test
    void aWindowLargerThanTheModelsIsRefused() throws Exception {
        InstalledModel installed = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {});

        assertThatThrownBy(() -> DjlModel.load(installed, new DjlModel.Options("cpu", 1, 1, 300)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("models.max-tokens is 300")
                .hasMessageContaining("256");
    }

    @Test
    void warmingUpEndsWithinItsBound() {
        long started = System.nanoTime();

        model.warmUp();

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(20);
    }

    @Test
    void measuringEndsWithinItsBoundAndFindsABudget() {
        KneeSearch search = new KneeSearch(new KneeSearch.Bounds(
                model.describe().maxTokens(), 64, model.executors(), TimeUnit.SECONDS.toNanos(3)));
        long started = System.nanoTime();

        model.measure(search);

        // the last shape may have been started just before the bound, and other tests may hold the processors
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(20);
        assertThat(search.knee().orElseThrow().paddedTokens()).isBetween(64, 8192);
    }

    @Test
    void theReasonOfATorchScriptErrorIsItsLastLine() {
        String trace =
                """
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript:
                    weight = tensors[6]
                             ~~~~~~~~~~ <--- HERE
                RuntimeError: needs the cpu support avx512
                """;

        assertThat(DjlModel.reason(new IllegalStateException("outer", new RuntimeException(trace))))
                .isEqualTo("needs the cpu support avx512");
        assertThat(DjlModel.reason(new RuntimeException("bad shape\nmore"))).isEqualTo("bad shape");
        assertThat(DjlModel.reason(new RuntimeException())).isEqualTo("null");
    }

    private static void assertSame(List<float[]> found, List<float[]> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(SharedModel.difference(found.get(i), expected.get(i)))
                    .as("row %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    private static List<String> texts(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(Collections.nCopies(1 + random.nextInt(40), "").stream()
                    .map(none -> WORDS.get(random.nextInt(WORDS.size())))
                    .collect(Collectors.joining(" ")));
        }
        return texts;
    }
}
