/**
 * Outcomes become verdicts: released, routed, or kept for a person to review.
 *
 * <pre>
 *  Result ─▶ Calibrations ─▶ Moderation ─▶ Abstention ─▶ Router ─▶ Ruling: the topic and the verdict that the result carries
 *            how sure        first rule    unsure: review   routes that match, else the results topic
 * </pre>
 *
 * {@link dev.forebay.processors.verdict.VerdictTopology} and its stop are the adapter; the rest is pure: no Kafka, no
 * clock.
 * INVARIANT: the topics written to come from the configuration, never from a record.
 */
@NullMarked
package dev.forebay.processors.verdict;

import org.jspecify.annotations.NullMarked;
