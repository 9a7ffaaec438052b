package dev.forebay.deploy.faults;

/** What the worker's process held at one time; the heap is measured after a collection. */
record MemorySample(long nanos, long heapBytes, long residentBytes, long inFlightBytes) {}
