/**
 * Outcomes, reviews and rejections are counted by tenant and task for each minute, for dashboards.
 *
 * <pre>
 *  Result, Rejection ─▶ CountEvent ─▶ topics.count-events ─▶ Counting ─▶ CountWindow ─▶ CountRecords ─▶ digests.aggregates.to
 *                                    one partition a task               by the clock
 * </pre>
 *
 * {@link dev.forebay.processors.count.CountTopology} and its stops are the adapter; the rest is pure: no Kafka, no clock.
 * INVARIANT: what is written for a window is all that it has, so that the last record with a key is the true one.
 */
@NullMarked
package dev.forebay.processors.count;

import org.jspecify.annotations.NullMarked;
