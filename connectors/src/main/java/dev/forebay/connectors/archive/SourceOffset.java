package dev.forebay.connectors.archive;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Connect keeps for a file: where reading goes on, in which file. */
record SourceOffset(ArchivePosition position, Fingerprint fingerprint) {
    private static final String OFFSET = "offset";
    private static final String LINE = "line";
    private static final String RECORD = "record";
    private static final String FINGERPRINT = "fingerprint";

    Map<String, Object> toMap() {
        return Map.of(
                OFFSET, position.offset(),
                LINE, position.line(),
                RECORD, position.record(),
                FINGERPRINT, fingerprint.toString());
    }

    /**
     * Reads back what {@link #toMap()} gave.
     *
     * @throws IllegalArgumentException where a value is missing or has another form, as after a change by hand
     */
    static SourceOffset of(Map<String, ?> values) {
        ArchivePosition position =
                new ArchivePosition(number(values, OFFSET), number(values, LINE), number(values, RECORD));
        if (values.get(FINGERPRINT) instanceof String text && text.matches("\\d{1,4}:[0-9a-f]{64}")) {
            return new SourceOffset(position, Fingerprint.parse(text));
        }
        throw new IllegalArgumentException(FINGERPRINT + " is missing or has another form");
    }

    private static long number(Map<String, ?> values, String key) {
        @Nullable Object value = values.get(key);
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(key + " is not a number");
    }
}
