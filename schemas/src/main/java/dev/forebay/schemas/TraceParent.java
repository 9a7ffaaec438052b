package dev.forebay.schemas;

import java.util.Optional;

/** The value of the header {@link Headers#TRACE_PARENT}, {@code 00-TRACE-PARENT-FLAGS}: W3C Trace Context, section 3.2. */
public final class TraceParent {
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;
    private static final int LENGTH = 55;
    private static final String NO_TRACE = "0".repeat(TRACE_END - TRACE_START);

    private TraceParent() {}

    /** The trace id, 32 hex digits; empty where the value is not one that the standard allows. */
    public static Optional<String> traceId(String value) {
        boolean isWhole = value.length() == LENGTH || (value.length() > LENGTH && value.charAt(LENGTH) == '-');
        if (!isWhole || !areHexAndDashes(value) || value.startsWith("ff")) {
            return Optional.empty();
        }
        return Optional.of(value.substring(TRACE_START, TRACE_END)).filter(id -> !id.equals(NO_TRACE));
    }

    private static boolean areHexAndDashes(String value) {
        for (int i = 0; i < LENGTH; i++) {
            char c = value.charAt(i);
            boolean isDash = i == TRACE_START - 1 || i == TRACE_END || i == LENGTH - 3;
            boolean fits = isDash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
