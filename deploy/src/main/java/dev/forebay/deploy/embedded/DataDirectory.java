package dev.forebay.deploy.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a broker keeps its data, locked against a second one; a temporary one is deleted on close. */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final DirectoryLock lock;
    private final @Nullable TemporaryDirectory temporary;

    private DataDirectory(Path path, @Nullable TemporaryDirectory temporary) {
        this.path = path;
        this.lock = DirectoryLock.take(path);
        this.temporary = temporary;
    }

    static DataDirectory kept(Path path) {
        return new DataDirectory(path.toAbsolutePath(), null);
    }

    static DataDirectory temporary() {
        TemporaryDirectory temporary = TemporaryDirectory.create();
        return new DataDirectory(temporary.path(), temporary);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        lock.close();
        if (temporary != null) {
            temporary.close();
        }
    }
}
