package dev.forebay.processors.digest;

/** From one moment to another, in milliseconds since 1970. */
record Span(long start, long end) {
    static Span at(long time) {
        return new Span(time, time);
    }

    long length() {
        return end - start;
    }

    /** How far off a moment is; 0 within. */
    long distance(long time) {
        return Math.max(0, Math.max(start - time, time - end));
    }

    /** The shortest that has both. */
    Span and(Span other) {
        return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }
}
