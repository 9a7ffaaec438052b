package dev.forebay.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A Java process on this test's class path, which can be sent signals. Everything that it prints is in one file. Closing
 * it kills it.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code main} and returns at once.
     *
     * @param log overwritten
     * @param options of the JVM, {@code -Xmx512m}
     */
    public static ChildJvm start(Path log, List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        try {
            return new ChildJvm(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that has ended; 128 and the number of the signal that ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Waits for the process to end by itself. */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGTERM; does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM, then waits; the exit code, or empty where it had to be killed. */
    public OptionalInt stop(Duration within) {
        terminate();
        if (endsWithin(within)) {
            return OptionalInt.of(exitCode());
        }
        close();
        return OptionalInt.empty();
    }

    /** SIGKILL, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        endsWithin(Duration.ofSeconds(20));
    }

    /** SIGSTOP: it does nothing more until {@link #resume}, and nobody is told. */
    public void pause() {
        run("kill", "-STOP", pid());
    }

    /** SIGCONT. */
    public void resume() {
        run("kill", "-CONT", pid());
    }

    /** Sets a resource limit of the running process: {@code limit("nofile", "64")}, {@code "unlimited"} for none. */
    public void limit(String resource, String soft) {
        run("prlimit", "--pid", pid(), "--" + resource + "=" + soft + ":");
    }

    /** What the process has in memory. */
    public long residentKilobytes() {
        return Long.parseLong(run("ps", "-o", "rss=", "-p", pid()).strip());
    }

    /** Everything that it printed so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a process that has ended, in the form in which the launcher tells the next one, {@code PID:STATUS}. */
    public String end() {
        return pid() + ":" + exitCode();
    }

    private String pid() {
        return Long.toString(process.pid());
    }

    private static String run(String... command) {
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
