package dev.forebay.deploy.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What runs gave, a row each, as JSON and as a table of text beside it; written anew after every run. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String COLUMNS = "%-5s %-14s %4s %6s %6s %5s %8s %6s %6s %5s %6s %9s %10s %6s  %s%n";

    private final Path json;
    private final Path table;
    private final List<Row> rows = new ArrayList<>();

    /**
     * One run. Terminals that are there twice count twice.
     *
     * @param sent requests, of which {@code ok} were acknowledged to the client and of {@code info} nobody knows
     * @param lost requests that were taken and have no terminal
     * @param duplicates terminals beyond the first of each request
     * @param secondsToRecover from the last heal to the last request's first terminal
     * @param seconds that the whole run took
     * @param name of the fault
     * @param standIn what was done in place of the matrix's fault, empty where that was done
     * @param broken the promises that were, a sentence each
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Row(
            String fault,
            String mode,
            long seed,
            int sent,
            int ok,
            int info,
            int results,
            int rejections,
            int deadLetters,
            int lost,
            int duplicates,
            double secondsToRecover,
            long peakInFlightBytes,
            double seconds,
            String name,
            String standIn,
            List<String> broken) {
        static Row of(FaultCase fault, String mode, long seed, Evidence evidence, Duration took, List<String> broken) {
            List<Operation> sends =
                    evidence.history().stream().filter(line -> line.is("send")).toList();
            Set<String> ended = new HashSet<>();
            evidence.terminals().forEach(terminal -> ended.add(terminal.requestId()));
            return new Row(
                    fault.id(),
                    mode,
                    seed,
                    sends.size(),
                    count(sends, Operation.Status.OK),
                    count(sends, Operation.Status.INFO),
                    count(evidence, Terminal.Kind.RESULT),
                    count(evidence, Terminal.Kind.REJECTION),
                    count(evidence, Terminal.Kind.DEAD_LETTER),
                    (int) new Conservation()
                            .violations(evidence).stream()
                                    .filter(line -> line.startsWith("lost"))
                                    .count(),
                    evidence.terminals().size() - ended.size(),
                    secondsToRecover(evidence),
                    MemoryBounds.peakInFlight(evidence),
                    Math.round(took.toMillis() / 100.0) / 10.0,
                    fault.name(),
                    fault.standIn(),
                    broken);
        }

        private static int count(List<Operation> sends, Operation.Status status) {
            return (int) sends.stream().filter(line -> line.status() == status).count();
        }

        private static int count(Evidence evidence, Terminal.Kind kind) {
            return (int) evidence.terminals().stream()
                    .filter(terminal -> terminal.kind() == kind)
                    .count();
        }

        private static double secondsToRecover(Evidence evidence) {
            long healed = last(evidence, "heal");
            Set<String> seen = new HashSet<>();
            long ended = evidence.history().stream()
                    .filter(line -> line.is("terminal") && seen.add(line.requestId()))
                    .mapToLong(Operation::nanos)
                    .reduce(healed, Math::max);
            return healed == Long.MIN_VALUE ? 0 : Math.round((ended - healed) / 1e7) / 100.0;
        }

        private static long last(Evidence evidence, String op) {
            return evidence.history().stream()
                    .filter(line -> line.is(op))
                    .mapToLong(Operation::nanos)
                    .reduce(Long.MIN_VALUE, Math::max);
        }

        String remark() {
            List<String> remarks = new ArrayList<>();
            remarks.add(name);
            if (!standIn.isEmpty()) {
                remarks.add("STAND-IN: " + standIn);
            }
            if (!broken.isEmpty()) {
                remarks.add("BROKEN: " + broken.get(0) + (broken.size() > 1 ? " and " + (broken.size() - 1) : ""));
            }
            return String.join("; ", remarks);
        }
    }

    private Report(Path json, Path table) {
        this.json = json;
        this.table = table;
    }

    /** Writes {@code faults.json} and {@code faults.txt}. */
    static Report in(Path directory) {
        return new Report(directory.resolve("faults.json"), directory.resolve("faults.txt"));
    }

    void add(Row row) throws IOException {
        rows.add(row);
        JSON.writeValue(json.toFile(), rows);
        Files.writeString(table, text());
    }

    String text() {
        StringBuilder text = new StringBuilder(COLUMNS.formatted(
                "fault",
                "mode",
                "seed",
                "sent",
                "ok",
                "info",
                "results",
                "reject",
                "dead",
                "lost",
                "double",
                "recover_s",
                "peak_bytes",
                "time_s",
                "what"));
        for (Row row : rows) {
            text.append(COLUMNS.formatted(
                    row.fault,
                    row.mode,
                    row.seed,
                    row.sent,
                    row.ok,
                    row.info,
                    row.results,
                    row.rejections,
                    row.deadLetters,
                    row.lost,
                    row.duplicates,
                    row.secondsToRecover,
                    row.peakInFlightBytes,
                    row.seconds,
                    row.remark().replace('\n', ' ')));
        }
        return text.toString();
    }
}
