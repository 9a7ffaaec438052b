package dev.forebay.worker.observe;

import java.util.Map;

/**
 * How a worker stands at one moment.
 *
 * @param textsWaiting for a batch
 * @param oldestWaitingNanos how long the oldest of them has been in the worker; 0 where none waits
 * @param recordsInFlight read, and their terminal records not yet acknowledged
 * @param bytesInFlight of these records
 * @param watermarkDistance the most records of a partition that wait for an earlier one of it before they are committed
 * @param cacheEntries vectors that are kept
 * @param cacheBytes what they take, about
 * @param budget how large batches may be
 * @param suspects records that the engine had when the process crashed, and that are not final since
 * @param obstacles what stands still until somebody mends it, with the cause
 */
public record WorkerState(
        int textsWaiting,
        long oldestWaitingNanos,
        int recordsInFlight,
        long bytesInFlight,
        int watermarkDistance,
        long cacheEntries,
        long cacheBytes,
        BudgetState budget,
        int suspects,
        Map<String, String> obstacles) {}
