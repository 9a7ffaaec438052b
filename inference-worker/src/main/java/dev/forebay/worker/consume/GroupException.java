package dev.forebay.worker.consume;

import org.jspecify.annotations.Nullable;

/** A group that cannot be read with, or could not be looked up; the message says why and what to do. */
public final class GroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GroupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    GroupException(String message) {
        this(message, null);
    }
}
