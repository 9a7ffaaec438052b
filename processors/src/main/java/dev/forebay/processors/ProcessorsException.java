package dev.forebay.processors;

/** The topologies cannot start, or have stopped; the message says why and what to do. */
public final class ProcessorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessorsException(String message) {
        super(message);
    }

    ProcessorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
