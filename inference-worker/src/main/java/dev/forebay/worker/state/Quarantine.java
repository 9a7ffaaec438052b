package dev.forebay.worker.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records that crash the engine from crashing it for ever: it knows which ones the engine had when earlier lives
 * of this slot crashed, and notes those that it has now. Any thread.
 */
public final class Quarantine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    /** How many records are remembered: many times what the engine has at once. */
    private static final int MOST = 10_000;

    private final Path file;
    private final Suspects suspects;
    private final InFlightJournal journal;
    private volatile int size;

    private Quarantine(Path file, Suspects suspects, InFlightJournal journal) {
        this.file = file;
        this.suspects = suspects;
        this.journal = journal;
        this.size = suspects.size();
    }

    /**
     * Counts what the last life of the slot left in the engine, if that is known to have crashed, and begins anew.
     *
     * @param batches how many may be in the engine at once
     * @param records how many records a batch may have
     * @param topics from which the records come
     * @param lastProcess {@code PID:STATUS} of the process that was there before this one; null where nobody says
     * @throws java.io.UncheckedIOException where the slot cannot be read or written
     */
    public static Quarantine open(
            StateDirectory state, int batches, int records, List<String> topics, @Nullable String lastProcess) {
        Path suspectsFile = state.directory().resolve("suspects");
        Path journalFile = state.directory().resolve("in-flight");
        Suspects suspects = new Suspects(MOST);
        try {
            if (Files.exists(suspectsFile)) {
                suspects.read(Files.readAllLines(suspectsFile, StandardCharsets.UTF_8));
            }
            InFlightJournal.Left left = InFlightJournal.read(journalFile);
            PastLife last = PastLife.read(lastProcess);
            if (last.crashed() && last.pid() == left.pid()) {
                suspects.crashedWith(left.records());
                save(suspectsFile, suspects);
            }
            if (suspects.size() > 0) {
                LOG.warn("suspects records={} last_status={}", suspects.size(), last.status());
            }
            InFlightJournal.Layout layout = new InFlightJournal.Layout(batches, records, topics);
            long pid = ProcessHandle.current().pid();
            return new Quarantine(suspectsFile, suspects, InFlightJournal.begin(journalFile, layout, pid));
        } catch (IOException e) {
            throw StateDirectory.unusable(state.directory(), e);
        }
    }

    /** What earlier crashes say of a record. */
    public Suspicion of(RecordIdentity record) {
        if (size == 0) {
            return Suspicion.NONE;
        }
        synchronized (suspects) {
            return suspects.of(record);
        }
    }

    /**
     * Notes that the engine is about to have these.
     *
     * @return to be run when they have come back
     */
    public Runnable enter(List<RecordIdentity> records) {
        return journal.enter(records)::close;
    }

    /** The records of a partition at these offsets have their terminal records, and are never read again. */
    public void passed(String topic, int partition, LongPredicate offsets) {
        if (size == 0) {
            return;
        }
        synchronized (suspects) {
            if (suspects.forget(topic, partition, offsets)) {
                size = suspects.size();
                try {
                    save(file, suspects);
                } catch (IOException e) {
                    // the next change says the same; what is passed is not read again, so a stale line harms nobody
                    LOG.warn("suspects_not_saved cause={}", e.toString());
                }
            }
        }
    }

    /** However the process ends now, no record is to blame, one that still hangs in the engine included. */
    @Override
    public void close() {
        journal.end();
    }

    /** How many records were in the engine in a crash and are not final since. */
    public int records() {
        return size;
    }

    private static void save(Path file, Suspects suspects) throws IOException {
        SafeFile.write(file, String.join("\n", suspects.lines()).getBytes(StandardCharsets.UTF_8));
    }
}
