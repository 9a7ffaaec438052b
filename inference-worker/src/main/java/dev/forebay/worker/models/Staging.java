package dev.forebay.worker.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one import into a model's directory that is under way. Holds a lock between threads and processes, which the
 * system lets go of when a process dies; what a dead one left behind is removed by the next.
 */
final class Staging implements AutoCloseable {
    private static final String PREFIX = ".import-";
    private static final String REPLACED = PREFIX + "replaced";
    // a file lock is the whole process's, so threads of one process need one of their own
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final FileChannel lockFile;
    private final FileLock lock;
    private final Path home;
    private final Path work;

    private Staging(FileChannel lockFile, FileLock lock, Path home) throws IOException {
        this.lockFile = lockFile;
        this.lock = lock;
        this.home = home;
        removeLeftovers(home);
        this.work = Files.createTempDirectory(home, PREFIX);
    }

    static Staging open(Path home) throws IOException {
        IN_PROCESS.lock();
        FileChannel channel = null;
        try {
            Files.createDirectories(home);
            channel = FileChannel.open(home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Staging(channel, channel.lock(), home);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            IN_PROCESS.unlock();
            throw e;
        }
    }

    /** An empty directory that may become a model. */
    Path model(Variant variant) throws IOException {
        return Files.createDirectory(work.resolve(variant.code()));
    }

    /** A file that is needed during the import only. */
    Path scratch(String file) {
        return work.resolve(file);
    }

    /** Moves a model to its place in one step, after its bytes have reached the disk. */
    void publish(Path model, Path target) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(model)) {
            for (Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        if (Files.exists(target)) {
            // made from the same weights by another release of the artifact
            Files.move(target, work.resolve(REPLACED), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(model, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        try {
            removeLeftovers(home);
        } finally {
            lock.close();
            lockFile.close();
            IN_PROCESS.unlock();
        }
    }

    private static void removeLeftovers(Path home) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(home, PREFIX + "*")) {
            for (Path leftover : leftovers) {
                remove(leftover);
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    remove(entry);
                }
            }
        }
        try {
            Files.delete(path);
        } catch (NoSuchFileException e) {
            // gone already, which is what was wanted
        }
    }
}
