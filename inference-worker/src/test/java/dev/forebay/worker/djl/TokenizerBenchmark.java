package dev.forebay.worker.djl;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.worker.infer.Tokens;
import dev.forebay.worker.models.InstalledModel;
import dev.forebay.worker.models.Variant;
import dev.forebay.worker.wordpiece.WordPieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to tokenize an English text: by the library alone, and with WordPiece in Java for what is ASCII. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@Threads(1)
public class TokenizerBenchmark {
    private static final int BATCH = 64;
    private static final int BATCHES = 64;
    /** The vocabulary is in the order of how often a word is met. */
    private static final int COMMON = 5_000;

    @Param({"10", "60", "180"})
    public int words;

    @Param({"library", "wordpiece"})
    public String by = "";

    private final List<List<String>> batches = new ArrayList<>();
    private @Nullable Tokenizer tokenizer;
    private int next;

    @Setup
    public void open() throws IOException {
        byte[] json = LocalModels.resolve(SharedModel.config(Variant.FP32), line -> {})
                .read(InstalledModel.TOKENIZER);
        tokenizer = new Tokenizer(json, 256, by.equals("library") ? Optional.empty() : WordPieceReader.read(json));
        List<String> common = new ArrayList<>();
        new JsonMapper().readTree(json).path("model").path("vocab").fieldNames().forEachRemaining(word -> {
            if (common.size() < COMMON && word.matches("[a-z]{2,}")) {
                common.add(word);
            }
        });
        Random random = new Random(3);
        for (int i = 0; i < BATCHES; i++) {
            batches.add(Stream.generate(() -> text(random, common)).limit(BATCH).toList());
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Tokens> tokenize() {
        next = (next + 1) % BATCHES;
        return Objects.requireNonNull(tokenizer, "tokenize before open").tokenize(batches.get(next));
    }

    private String text(Random random, List<String> common) {
        return Stream.generate(() -> common.get(random.nextInt(common.size())))
                .limit(words)
                .collect(Collectors.joining(" ", "", "."));
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(tokenizer, "close before open").close();
    }
}
