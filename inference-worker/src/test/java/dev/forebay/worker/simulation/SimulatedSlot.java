package dev.forebay.worker.simulation;

import dev.forebay.worker.state.Quarantine;
import dev.forebay.worker.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A slot of a real state directory, in which simulated lives of a worker follow one another. */
final class SimulatedSlot implements AutoCloseable {
    static final int CRASHED = 139;
    static final int KILLED = 137;
    private static final int EXECUTORS = 2;
    private static final int BATCH = 16;

    private final StateDirectory state;
    private final Path journal;
    private final Path asItWas;

    SimulatedSlot(Path root) {
        this.state = StateDirectory.open(root);
        this.journal = state.directory().resolve("in-flight");
        this.asItWas = state.directory().resolve("in-flight.crashed");
    }

    /** What one life has of the slot. */
    record Life(Quarantine quarantine, Runnable crashing) {}

    /**
     * The next life.
     *
     * @param status how the last one ended
     */
    Life next(int status, List<String> topics) {
        if (status == CRASHED) {
            copy(asItWas, journal);
        }
        String last = ProcessHandle.current().pid() + ":" + status;
        return new Life(Quarantine.open(state, EXECUTORS, BATCH, topics, last), () -> copy(journal, asItWas));
    }

    /** Before the stack unwinds, which in a process that crashes nothing does. */
    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
