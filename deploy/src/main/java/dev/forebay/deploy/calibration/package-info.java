/**
 * Finds the calibration of a task from labelled examples that its model has answered.
 *
 * <pre>
 *  scores, right or wrong ─▶ Method: LogisticFit, IsotonicFit ─▶ Calibration
 *                            CrossValidation ─▶ the method, and how good it is on examples that it has not seen
 *                            Thresholds ─▶ what share is answered, and how surely it is right
 * </pre>
 *
 * <p>Pure: {@code java.*}, and the calibration of the processors that comes of it. Seeded.
 */
@NullMarked
package dev.forebay.deploy.calibration;

import org.jspecify.annotations.NullMarked;
