/**
 * One process that consumes, batches, infers and publishes.
 *
 * <pre>
 *  consume ─▶ flow ─▶ batch ─▶ infer ─▶ flow ─▶ publish        djl: the engine behind infer.Model
 *                └▶ task                                       models: import and the model directory
 * </pre>
 *
 * {@link dev.forebay.worker.Worker} wires the parts and owns the threads; {@code batch}, {@code infer} and {@code task}
 * know neither Kafka nor DJL.
 */
@NullMarked
package dev.forebay.worker;

import org.jspecify.annotations.NullMarked;
