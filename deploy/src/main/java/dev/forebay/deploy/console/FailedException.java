package dev.forebay.deploy.console;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The command was right and could not be done; the message says why. Ends the process with 1. */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FailedException(String message) {
        super(message);
    }

    public FailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What failed, with what the chain of causes has to say about it, each thing once. */
    public static FailedException of(String what, Throwable failure) {
        return new FailedException(what + ": " + reason(failure), failure);
    }

    /** The messages of a failure and its causes, outermost first, without repetition. */
    public static String reason(Throwable failure) {
        StringBuilder reason = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = message(cause);
            boolean echo = cause.getCause() != null && text.equals(String.valueOf(cause.getCause()));
            if (!echo && reason.indexOf(text) < 0) {
                reason.append(reason.length() == 0 ? "" : ": ").append(text);
            }
        }
        return reason.toString();
    }

    private static String message(Throwable cause) {
        if (cause instanceof NoSuchFileException missing && missing.getReason() == null) {
            return "there is no " + missing.getFile();
        }
        if (cause instanceof AccessDeniedException denied && denied.getReason() == null) {
            return "no permission for " + denied.getFile();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
    }
}
