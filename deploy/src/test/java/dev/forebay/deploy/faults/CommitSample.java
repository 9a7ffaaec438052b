package dev.forebay.deploy.faults;

/**
 * A committed offset, and how much had been read of the terminal topics when they were read to their ends after it.
 * Samples come in the order in which they were taken.
 *
 * @param committed the first offset of {@code topic} and {@code partition} that is not passed
 * @param terminalsRead how many of the evidence's terminals were there
 */
record CommitSample(String topic, int partition, long committed, int terminalsRead) {}
