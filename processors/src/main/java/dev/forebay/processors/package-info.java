/**
 * Two Kafka Streams topologies around the worker. They decide, they never infer.
 *
 * <pre>
 *  your topics ─┐                                                      ┌─▶ results, your topics
 *               ├─▶ intake ─▶ work ─▶ (worker) ─▶ outcomes ─▶ verdict ─┼─▶ review
 *  requests ────┘   └─▶ rejections, dead letters                       └─▶ dead letters
 *
 *  event    one record as a value        stream   Kafka Streams' records, timestamps, stores
 *  format   bytes to values with places
 *  intake   events to requests           verdict  outcomes to verdicts
 * </pre>
 *
 * {@link dev.forebay.processors.Processors} runs both in one process.
 */
@NullMarked
package dev.forebay.processors;

import org.jspecify.annotations.NullMarked;
