package dev.forebay.worker.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to note that the engine has a batch, and that it has come back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InFlightJournalBenchmark {
    @Param({"1", "64"})
    public int records;

    private List<RecordIdentity> batch = List.of();
    private Path file = Path.of("");
    private @Nullable InFlightJournal journal;

    @Setup
    public void begin() throws IOException {
        batch = LongStream.range(0, records)
                .mapToObj(offset -> new RecordIdentity("forebay.work", 3, offset, 1_764_000_000_000L, 200))
                .toList();
        file = Files.createTempFile("forebay-journal", "");
        journal = InFlightJournal.begin(
                file, new InFlightJournal.Layout(2, 64, List.of("forebay.work", "forebay.work-bulk")), 1);
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public void enterAndLeave() {
        Objects.requireNonNull(journal).enter(batch).close();
    }
}
