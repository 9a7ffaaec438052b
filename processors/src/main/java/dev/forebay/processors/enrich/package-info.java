/**
 * Requests get attributes of reference data, which are records of a compacted topic or rows of a database, and the passages
 * of a topic that are nearest to their vector.
 *
 * <pre>
 *                           ┌─ LookupStep ◀─┬─ TopicLookup ◀─ global store ◀─ ReferenceProcessor ◀─ reference topic
 *  Request ─▶ Enrichment ───┤               │                                 (ReferenceTable: Row)
 *             (Steps, each  │               └─ CachedLookup ◀─ Database ◀─ a query for one key
 *              an Enricher) └─ Retrieval ◀─ PassageTable (PassageIndex) ◀─ PassageProcessor ◀─ topic of passages
 *                └─▶ Request with attributes and passages, or the Reason why not
 * </pre>
 *
 * {@link dev.forebay.processors.enrich.ReferenceTopics}, the lookup and the processors of its stores see Kafka, {@link
 * dev.forebay.processors.enrich.Databases} and what it opens see JDBC; the rest is pure.
 * INVARIANT: no request goes on without an attribute that an entry declares, unless it is refused or waits.
 */
@NullMarked
package dev.forebay.processors.enrich;

import org.jspecify.annotations.NullMarked;
