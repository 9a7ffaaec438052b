package dev.forebay.deploy.pipeline;

import java.util.Optional;

/** Something that runs until it is closed or fails. */
public interface Part extends AutoCloseable {
    /** For messages: {@code worker}. */
    String name();

    /** Why it stopped by itself; empty while it runs. */
    Optional<Throwable> failure();

    /** What holds it up although it runs, {@code intake is waiting for the registry: ...}; empty where nothing does. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Idempotent, and bounded in time. */
    @Override
    void close();
}
