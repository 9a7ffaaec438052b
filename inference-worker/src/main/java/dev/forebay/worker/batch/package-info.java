/**
 * Deciding what runs together. A pure state machine: items and the time come in, batches and waiting times come out. It
 * imports only {@code java.*} and reads no clock.
 *
 * <pre>
 *                   live   look-ahead: the oldest items, in length buckets ◀── behind: everyone else, in arrival order
 *   offer(item) ──▶                │                                                      poll(now) ──▶ a batch, or
 *                                  ├──▶ whose turn? (BulkAccount) ──▶ best batch (Choice) ──▶  how long to wait
 *                   bulk   the same│                                  bulk fills what live leaves
 * </pre>
 *
 * A batch is built around the oldest item of its lane. For every length at or above that item's own the room that this
 * length leaves is filled from that length downwards, and the choice with the most real tokens per cost leaves. An idle
 * executor gets what there is at once, live before bulk. What is left of the room of a live batch goes to bulk items that
 * are no longer than it, up to twice the cost of the batch. An item that was offered alone is a batch of its own, before
 * anyone else; what follows is of the others.
 *
 * <p>An account in padded tokens says what bulk is owed: its share of every batch less what it got, kept between minus
 * and plus {@code P}, eight budgets; what both lanes would run of their own accord counts. While bulk is owed something
 * its turn comes before live, unless the oldest live item is older than its bound; at {@code P} it comes all the same. A
 * turn is worth twice what the live batch before it earned.
 *
 * <p>INVARIANTS, with {@code s} the share of bulk, {@code M} the budget or the longest item if that is longer:
 *
 * <ul>
 *   <li>Every batch holds the oldest item of live, or that of bulk; so within a lane nobody overtakes the oldest. Items
 *       of one lane and length bucket leave in arrival order.
 *   <li>Over any stretch in which bulk waits, bulk gets at least {@code s} of the padded tokens, less {@code 2P + sM}.
 *   <li>Between two live batches, while live waits, less than {@code 2s/(1-s)M + M} padded tokens of bulk leave: one
 *       batch, unless they are small. An executor is never longer in a batch of bulk than a batch of the budget takes.
 *   <li>The oldest item of bulk is overtaken by at most {@code 2P/s + M} padded tokens of live.
 *   <li>A batch keeps to the padded-token budget unless it is a single item; an item leaves exactly once.
 * </ul>
 *
 * Costs: an offer is O(1), or O(log n) with a deadline; a batch of {@code k} items is O(b k + k log k) where the
 * look-ahead holds {@code b} length buckets, whatever waits behind it; expiring is O(log n) per item that expires, and
 * O(1) where none does.
 */
@NullMarked
package dev.forebay.worker.batch;

import org.jspecify.annotations.NullMarked;
