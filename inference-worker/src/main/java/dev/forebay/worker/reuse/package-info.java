/**
 * Not computing twice: which texts are on their way through a model, and what came of those that were. Pure but for the
 * cache; knows neither Kafka nor DJL.
 *
 * <pre>
 *                     ┌─ kept: its vector, at once           (VectorCache)
 *   text ─ key ───────┼─ on its way: waits for the same one  (Flights)
 *        (ContentHash) └─ neither: it leads, and the model sees it
 * </pre>
 *
 * Invariants: of the texts with one key and lane at most one is with the model; everyone who waits for it is told once;
 * two tenants never share a key.
 */
@NullMarked
package dev.forebay.worker.reuse;

import org.jspecify.annotations.NullMarked;
