package dev.forebay.processors.rule;

/** An expression had no value for a result; the message says where and why, without quoting the result. */
public final class UndecidedException extends Exception {
    private static final long serialVersionUID = 1;

    UndecidedException(String message) {
        super(message, null, false, false);
    }
}
