package dev.forebay.deploy.faults;

/**
 * What a worker's process held at one time.
 *
 * @param process which of a run's workers it was
 * @param heapBytes after the last collection
 */
record MemorySample(int process, long nanos, long heapBytes, long residentBytes, long inFlightBytes) {}
