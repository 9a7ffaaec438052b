package dev.forebay.schemas;

import org.jspecify.annotations.Nullable;

/** Topics that are missing, or could not be looked up; the message says which and what to do. */
public final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
