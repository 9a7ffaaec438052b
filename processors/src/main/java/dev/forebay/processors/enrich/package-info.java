/**
 * Requests get attributes of reference data: records of a compacted topic, or rows of a database.
 *
 * <pre>
 *                          ┌─ TopicLookup ◀─ global store ◀─ ReferenceProcessor ◀─ reference topic
 *  Request ─▶ Enrichment ──┤                                 (ReferenceTable: Row)
 *             (Enricher,   └─ CachedLookup ◀─ Database ◀─ a query for one key
 *              in order)
 *                └─▶ Request with attributes, or the Reason why not
 * </pre>
 *
 * {@link dev.forebay.processors.enrich.ReferenceTopics}, the lookup and the processor of its stores see Kafka, {@link
 * dev.forebay.processors.enrich.Databases} and what it opens see JDBC; the rest is pure.
 * INVARIANT: no request goes on without an attribute that an entry declares, unless it is refused or waits.
 */
@NullMarked
package dev.forebay.processors.enrich;

import org.jspecify.annotations.NullMarked;
