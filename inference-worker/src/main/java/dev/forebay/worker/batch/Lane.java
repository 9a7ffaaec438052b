package dev.forebay.worker.batch;

/** How urgent an item is. */
public enum Lane {
    /** Someone waits for the answer. */
    LIVE,
    /** A back-fill: it takes what live leaves, and no less than its share. */
    BULK
}
