package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.WorkerConfig.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Faults against the worker, checked against all that a client and a concurrent reader saw. A plain build runs a handful of
 * cases with one seed; {@code -Pfaults} the whole table with five. One run is repeated with
 * {@code -Dforebay.faults.case=F7 -Dforebay.faults.seed=3}, and {@code -Dforebay.faults.mode=at_least_once} where there
 * are several; commas part the names of several cases.
 */
@Tag("slow")
final class FaultMatrixTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Set<String> SMALL_TIER = Set.of("F3", "F4", "F14", "F19", "F25");
    private static final List<String> CASES =
            List.of(System.getProperty("forebay.faults.case", "").split(",", -1));
    private static final String MODE = System.getProperty("forebay.faults.mode", "");
    private static final int SEED = Integer.getInteger("forebay.faults.seed", 0);
    private static final int SEEDS = Integer.getInteger("forebay.faults.seeds", 0);

    private static FaultLab lab;
    private static Report report;

    private record Planned(FaultCase fault, Delivery delivery, long seed) {
        String mode() {
            return delivery.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return fault.id() + " " + mode() + " seed " + seed + ": " + fault.name();
        }
    }

    @BeforeAll
    static void open() throws IOException {
        lab = FaultLab.open();
        report = Report.in(TARGET);
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
        System.out.println(report.text());
    }

    @TestFactory
    Stream<DynamicTest> everyRequestEndsOnceWhateverHappens() {
        List<Planned> plan = plan();
        assertThat(plan).as("cases of -Dforebay.faults.case=%s", CASES).isNotEmpty();
        return plan.stream().map(planned -> DynamicTest.dynamicTest(planned.toString(), () -> run(planned)));
    }

    private static List<Planned> plan() {
        boolean whole = SEEDS > 0;
        long[] seeds = SEED > 0
                ? new long[] {SEED}
                : LongStream.rangeClosed(1, Math.max(1, SEEDS)).toArray();
        List<Planned> plan = new ArrayList<>();
        // the whole table with one seed is worth more than half of it with all
        for (long seed : seeds) {
            for (FaultCase fault : FaultMatrix.cases()) {
                boolean chosen = CASES.equals(List.of(""))
                        ? whole || SMALL_TIER.contains(fault.id())
                        : CASES.contains(fault.id());
                for (Delivery delivery : chosen ? fault.deliveries() : List.<Delivery>of()) {
                    Planned planned = new Planned(fault, delivery, seed);
                    if (MODE.isEmpty() || planned.mode().equals(MODE)) {
                        plan.add(planned);
                    }
                }
            }
        }
        return plan;
    }

    private static void run(Planned planned) throws Exception {
        Path directory =
                fresh(TARGET.resolve("faults/" + planned.fault.id() + "-" + planned.mode() + "-" + planned.seed));
        long began = System.nanoTime();
        Evidence evidence;
        List<String> broken;
        try (FaultRun run = FaultRun.open(lab, planned.fault, planned.delivery, planned.seed, directory)) {
            planned.fault.nemesis().strike(run);
            evidence = run.finish();
            broken = new ArrayList<>(run.violations());
        }
        for (Checker checker : Promises.of(planned.fault, planned.delivery, evidence)) {
            checker.violations(evidence).forEach(line -> broken.add(name(checker) + ": " + line));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        report.add(Report.Row.of(planned.fault, planned.mode(), planned.seed, evidence, took, broken));
        assertThat(broken.stream().limit(10))
                .as("%s, %d sentences", planned, broken.size())
                .isEmpty();
    }

    private static String name(Checker checker) {
        return checker.getClass().getSimpleName();
    }

    private static Path fresh(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
