package dev.forebay.worker.consume;

/**
 * How much may have been read without its terminal record being acknowledged; exceeded by at most one poll. Four times the
 * records may have been read without being committed.
 */
public record InFlightBounds(int records, long bytes) {}
