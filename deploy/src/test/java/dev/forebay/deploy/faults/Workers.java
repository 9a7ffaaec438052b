package dev.forebay.deploy.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.deploy.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The worker processes of a run. One that ends by itself breaks the run, unless that is its fault, and is started again. */
final class Workers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOG_TAIL = 600;
    private static final int BY_SIGTERM = 128 + 15;

    private record Running(int number, ChildJvm process) {}

    private final Path config;
    private final Path directory;
    private final Consumer<String> broken;
    private final List<Running> running = new ArrayList<>();
    private boolean supervised;
    private int starts;
    private int restarts;
    private int killed;

    /** @param broken told what should not have happened */
    Workers(Path config, Path directory, Consumer<String> broken) {
        this.config = config;
        this.directory = directory;
        this.broken = broken;
    }

    ChildJvm start() {
        return start(config);
    }

    /** Starts one with a configuration of its own. */
    ChildJvm start(Path otherConfig) {
        return start(otherConfig, "");
    }

    private ChildJvm start(Path otherConfig, String last) {
        int number = starts++;
        ChildJvm process = launch(otherConfig, number, last);
        running.add(new Running(number, process));
        return process;
    }

    /** Starts one that has to end by itself; nothing looks after it. */
    ChildJvm startToFail() {
        return launch(config, starts++, "");
    }

    /** @param last how the process ended that this one replaces, as the launcher says it */
    private ChildJvm launch(Path file, int number, String last) {
        return ChildJvm.start(
                log(number),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ErrorFile=/dev/null",
                        "-Dforebay.last.process=" + last),
                FaultWorker.class.getName(),
                file.toString(),
                Integer.toString(number),
                directory.toString());
    }

    /** Kills one with SIGKILL. */
    void kill(ChildJvm process) {
        killed++;
        forget(process);
        process.close();
    }

    void killAll() {
        List.copyOf(running).forEach(worker -> kill(worker.process));
    }

    /** SIGTERM: it has to end within the time, with 0, and with nothing left open; where it ran, that is. */
    void stop(ChildJvm process, Duration within) {
        boolean ran = running.stream()
                .anyMatch(worker ->
                        worker.process == process && Files.exists(FaultWorker.samples(directory, worker.number)));
        forget(process);
        OptionalInt code = process.stop(within);
        if (code.isEmpty()) {
            killed++;
            broken.accept("a worker did not stop within " + within.toSeconds() + " s of SIGTERM");
        } else if (code.getAsInt() != 0 && (ran || code.getAsInt() != BY_SIGTERM)) {
            broken.accept("a worker that was stopped ended with " + code.getAsInt() + ": " + tail(process));
        }
    }

    /** From now on a worker that dies is started again, as a supervisor does; that it dies breaks nothing. */
    void supervise() {
        supervised = true;
    }

    /** How many were started again because they had died. */
    int restarts() {
        return restarts;
    }

    /** How many ended without a chance to leave their group. */
    int endedAtOnce() {
        return killed + restarts;
    }

    /** Starts again what has died. */
    void check() {
        for (Running worker : List.copyOf(running)) {
            if (!worker.process.isAlive()) {
                forget(worker.process);
                restarts++;
                if (!supervised) {
                    broken.accept(
                            "a worker ended by itself with " + worker.process.exitCode() + ": " + tail(worker.process));
                }
                start(config, worker.process.end());
            }
        }
    }

    void stopAll(Duration within) {
        List.copyOf(running).forEach(worker -> stop(worker.process, within));
    }

    List<MemorySample> memory() throws IOException {
        List<MemorySample> samples = new ArrayList<>();
        for (int number = 0; number < starts; number++) {
            Path file = FaultWorker.samples(directory, number);
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                for (String line : lines) {
                    if (line.endsWith("}")) { // the last one of a process that was killed may be cut
                        samples.add(JSON.readValue(line, MemorySample.class));
                    }
                }
            }
        }
        return samples;
    }

    Map<String, String> logs() throws IOException {
        Map<String, String> logs = new LinkedHashMap<>();
        for (int number = 0; number < starts; number++) {
            logs.put("the log of worker " + number, Files.readString(log(number)));
        }
        return logs;
    }

    /** By name, what the workers that were stopped and not killed did not let go of. */
    Map<String, Integer> left() throws IOException {
        Map<String, Integer> left = new TreeMap<>();
        for (int number = 0; number < starts; number++) {
            Path file = FaultWorker.left(directory, number);
            if (Files.exists(file)) {
                JSON.readValue(file.toFile(), new TypeReference<Map<String, Integer>>() {})
                        .forEach((name, count) -> left.merge(name, count, Integer::sum));
            }
        }
        return left;
    }

    @Override
    public void close() {
        running.forEach(worker -> worker.process.close());
        running.clear();
    }

    private void forget(ChildJvm process) {
        running.removeIf(worker -> worker.process == process);
    }

    private Path log(int number) {
        return directory.resolve("worker-" + number + ".log");
    }

    private static String tail(ChildJvm process) {
        String log = process.log();
        return log.substring(Math.max(0, log.length() - LOG_TAIL));
    }
}
