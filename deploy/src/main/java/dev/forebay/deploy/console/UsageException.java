package dev.forebay.deploy.console;

/** The command cannot be run as it was given; the message says what to change. Ends the process with 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
