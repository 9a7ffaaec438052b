package dev.forebay.processors.enrich;

import org.jspecify.annotations.Nullable;

/**
 * Reference data are not there yet, or cannot be asked at present. Retrying later may succeed; the message says what is
 * awaited, without the value that was looked up.
 */
public final class ReferenceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    private ReferenceUnavailableException(String message, boolean missing, @Nullable Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    static ReferenceUnavailableException missing(String what) {
        return new ReferenceUnavailableException(what, true, null);
    }

    static ReferenceUnavailableException unanswered(String what, @Nullable Throwable cause) {
        return new ReferenceUnavailableException(what, false, cause);
    }

    /** Whether there was an answer, without what was asked for: that may come any moment. */
    public boolean isMissing() {
        return missing;
    }
}
