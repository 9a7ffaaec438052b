/**
 * A configuration tried on sample events, without Kafka: the topologies run in this process, record by record.
 *
 * <pre>
 *  events.jsonl ─▶ TrialEvents ─▶ intake ─▶ TrialModel, or the outcome that the event names ─▶ verdict ─▶ TrialReport
 *                                 (TrialTopology)                                              (TrialTopology)
 *  reference.jsonl ─▶ TrialReferences ─▲
 * </pre>
 */
@NullMarked
package dev.forebay.deploy.trial;

import org.jspecify.annotations.NullMarked;
