/**
 * Kafka Streams topologies around the worker. They decide, they never infer.
 *
 * <pre>
 *  your topics ─┐                                                      ┌─▶ results, your topics
 *               ├─▶ intake ─▶ work ─▶ (worker) ─▶ outcomes ─▶ verdict ─┼─▶ review
 *  requests ────┘   └─▶ rejections, dead letters                       └─▶ dead letters
 *
 *  event    one record as a value        stream   Kafka Streams' records, timestamps, stores
 *  format   bytes to values with places  rule     expressions over results
 *  screen   texts that are not wanted    policy   settings by tenant, bounded patterns
 *  redact   personal data                verdict  outcomes to verdicts
 *  names    names, by a user's model      language  the language of texts
 *  intake   events to requests            digest   requests to digests, where there are any
 *  count    outcomes to counts, likewise
 * </pre>
 *
 * {@link dev.forebay.processors.Processors} runs them in one process.
 */
@NullMarked
package dev.forebay.processors;

import org.jspecify.annotations.NullMarked;
