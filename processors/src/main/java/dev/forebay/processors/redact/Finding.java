package dev.forebay.processors.redact;

/**
 * A span of a text that is personal data.
 *
 * @param start the index of its first char
 * @param end the index behind its last char
 */
record Finding(PiiType type, int start, int end) {
    int length() {
        return end - start;
    }

    boolean overlaps(Finding other) {
        return start < other.end && other.start < end;
    }
}
