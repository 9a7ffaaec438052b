/**
 * The bytes of an event become a value, in which places are found: once for all formats.
 *
 * <pre>
 *  bytes ─▶ EventFormat ─▶ Value ─▶ Place ─▶ Value: a text, a number, an array, nothing
 *                                     ▲
 *             configuration ─▶ Notation
 * </pre>
 *
 * Pure: no Kafka, no clock. INVARIANT: no bytes cause an exception, and what they cost is bounded by their number.
 */
@NullMarked
package dev.forebay.processors.format;

import org.jspecify.annotations.NullMarked;
