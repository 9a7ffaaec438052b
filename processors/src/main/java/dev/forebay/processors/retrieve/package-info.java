/**
 * Passages of a knowledge base, and those of them that are nearest to a vector.
 *
 * <pre>
 *  record ─▶ PassageReader ─▶ Passage ─▶ PassageIndex ─▶ Hit ─▶ Context: a text with passages in it
 *                                             ▲
 *               vector of a request, tenant ──┘
 * </pre>
 *
 * {@link dev.forebay.processors.retrieve.PassageIndex} and what serves it see Lucene; the rest is pure.
 * INVARIANT: where passages have tenants, a search finds those of one tenant alone.
 */
@NullMarked
package dev.forebay.processors.retrieve;

import org.jspecify.annotations.NullMarked;
