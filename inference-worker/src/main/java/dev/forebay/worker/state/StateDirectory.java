package dev.forebay.worker.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one worker keeps what outlives its process: the lowest {@code slot-N} that no living worker has. The system lets
 * go of a slot when its process dies, however it dies, so a worker that starts again finds what its last life left.
 */
public final class StateDirectory implements AutoCloseable {
    private static final int MOST_SLOTS = 1024;
    /**
     * The slots of this process. A file lock is the whole process's, and on POSIX closing any channel of the file lets go
     * of it: a second look at a lock of our own would lose it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

    private final Path directory;
    private final int slot;
    private final String id;
    private final FileChannel lock;

    private StateDirectory(Path directory, int slot, String id, FileChannel lock) {
        this.directory = directory;
        this.slot = slot;
        this.id = id;
        this.lock = lock;
    }

    /** Where state lies unless a configuration says otherwise: FOREBAY_STATE, else {@code ~/.forebay/state}. */
    public static Path defaultRoot(Map<String, String> environment) {
        String named = environment.getOrDefault("FOREBAY_STATE", "");
        return named.isBlank() ? Path.of(System.getProperty("user.home"), ".forebay", "state") : Path.of(named);
    }

    /**
     * Takes the lowest free slot.
     *
     * @throws UncheckedIOException where the directory cannot be written, or the file system has no locks
     * @throws IllegalStateException where every slot is taken
     */
    public static StateDirectory open(Path root) {
        try {
            Path real = Files.createDirectories(root).toRealPath();
            for (int slot = 0; slot < MOST_SLOTS; slot++) {
                StateDirectory taken = take(real.resolve("slot-" + slot), slot);
                if (taken != null) {
                    return taken;
                }
            }
        } catch (IOException e) {
            throw unusable(root, e);
        }
        throw new IllegalStateException("worker.state: all " + MOST_SLOTS + " slots of " + root
                + " are taken by running workers. Name another directory for this one.");
    }

    static UncheckedIOException unusable(Path directory, IOException cause) {
        return new UncheckedIOException(
                "worker.state: " + directory + " cannot be used: " + cause
                        + ". Name a directory that this user can write, on a file system with locks and free space;"
                        + " where the key is not set, FOREBAY_STATE names it.",
                cause);
    }

    private static @Nullable StateDirectory take(Path directory, int slot) throws IOException {
        if (!HELD.add(directory)) {
            return null;
        }
        StateDirectory taken = null;
        try {
            taken = lock(Files.createDirectories(directory), slot);
            return taken;
        } finally {
            if (taken == null) {
                HELD.remove(directory);
            }
        }
    }

    private static @Nullable StateDirectory lock(Path directory, int slot) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new StateDirectory(directory, slot, id(directory.resolve("id")), channel);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** The id of a slot, made where there is none, or where a crash left half of one. */
    private static String id(Path file) throws IOException {
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        if (ID.matcher(kept).matches()) {
            return kept;
        }
        String fresh = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Files.writeString(file, fresh);
        return fresh;
    }

    /** What this slot is called in every life of it: 12 hexadecimal digits, of no other slot of any machine. */
    public String id() {
        return id;
    }

    /** The number of the slot: no two living workers on this directory have the same one. */
    public int slot() {
        return slot;
    }

    /** The slot's own directory. */
    public Path directory() {
        return directory;
    }

    /** Gives the slot free; the lock file stays, so that nobody can hold a lock on a deleted one. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(directory);
        }
    }
}
