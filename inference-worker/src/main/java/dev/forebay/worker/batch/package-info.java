/**
 * Deciding what runs together. A pure state machine: items and the time come in, batches and waiting times come out. It
 * imports only {@code java.*} and reads no clock.
 *
 * <pre>
 *   offer(item, now) ──▶ look-ahead window: the oldest items, in length buckets ──▶ poll(now): a batch, or how long to wait
 *                        overflow: everyone behind them, in arrival order
 * </pre>
 *
 * Invariants: every batch holds the oldest item that waits, so nobody starves; items of one length leave in arrival
 * order; a batch keeps to the padded-token budget unless it is a single item; an item leaves exactly once.
 */
@NullMarked
package dev.forebay.worker.batch;

import org.jspecify.annotations.NullMarked;
