/**
 * How sure it is that a label is right: scores of models as probabilities.
 *
 * <pre>
 *  Result ─▶ Calibrations ─▶ Confidence: by the task's calibration; the score where it has none; unknown for another model
 * </pre>
 *
 * Pure: no Kafka, no clock. INVARIANT: a result's scores are never changed.
 */
@NullMarked
package dev.forebay.processors.confidence;

import org.jspecify.annotations.NullMarked;
