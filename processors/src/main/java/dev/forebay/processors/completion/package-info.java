/**
 * An event whose array was taken apart is told of when all of its parts have ended.
 *
 * <pre>
 *  intake ── TakenApart ──────────────────────────────────────┐
 *  verdict ── End (result, review) ───────────────────────────┼─▶ topics.part-events ─▶ Completing ─▶ CompletionRecord ─▶ topics.completions
 *  topics.rejections, topics.dead-letters ─▶ part ── End ─────┘   one partition an event    by the clock
 * </pre>
 *
 * {@link dev.forebay.processors.completion.CompletionTopology}, the stops and {@link
 * dev.forebay.processors.completion.PartEvents} are the adapter; the rest is pure: no Kafka, no clock. INVARIANT: that an
 * event was taken apart stands before all that is told of its parts, because it is in the transaction that made them.
 */
@NullMarked
package dev.forebay.processors.completion;

import org.jspecify.annotations.NullMarked;
