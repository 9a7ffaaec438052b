package dev.forebay.connectors.archive;

import java.util.Locale;

/** How an archive divides into records. */
public enum ArchiveFormat {
    /** RFC 4180 with a header line: comma, double quote, and line ends inside quotes. */
    CSV,
    /** One JSON value on each line. */
    JSONL,
    /** One text on each line. */
    TEXT;

    /** The form in configurations, {@code jsonl}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
