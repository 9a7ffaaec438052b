package dev.forebay.deploy.quickstart;

import java.util.Locale;

/** How a record of the input ended. */
enum Status {
    RESULT,
    REVIEW,
    REJECTED,
    DEAD_LETTER;

    /** As the output file writes it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
