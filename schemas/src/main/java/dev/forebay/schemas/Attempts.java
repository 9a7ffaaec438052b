package dev.forebay.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The count in the header {@link Headers#ATTEMPTS}: how often a record was tried. It only grows: what is no number counts
 * as none, what is too large stays at {@link #MOST}.
 */
public final class Attempts {
    /** Beyond any cap, and never an overflow. */
    public static final int MOST = 1_000_000;

    private static final int DIGITS = 7;

    private Attempts() {}

    /** The attempts with the present one. */
    public static int with(Optional<String> header) {
        return with(header, 1);
    }

    /** The attempts with the present ones. */
    public static int with(Optional<String> header, int present) {
        return Math.min(MOST, before(header) + present);
    }

    /** The attempts that the header tells of. */
    static int before(Optional<String> header) {
        String text = header.orElse("");
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return text.length() > DIGITS ? MOST : Math.min(MOST, Integer.parseInt(text));
    }

    public static byte[] header(int attempts) {
        return Integer.toString(attempts).getBytes(StandardCharsets.US_ASCII);
    }
}
