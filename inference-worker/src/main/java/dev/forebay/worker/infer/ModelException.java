package dev.forebay.worker.infer;

import org.jspecify.annotations.Nullable;

/** A model cannot be loaded, or the engine failed on a whole batch. The message never holds the texts. */
public sealed class ModelException extends RuntimeException permits OutOfMemoryException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
