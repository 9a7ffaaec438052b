package dev.forebay.worker.consume;

/** How much may have been read without its terminal record being acknowledged; exceeded by at most one poll. */
public record InFlightBounds(int records, long bytes) {}
