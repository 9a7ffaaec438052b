/**
 * Running a batch: the {@link dev.forebay.worker.infer.Model} contract, and one outcome for every item whatever happens to the batch. Knows neither Kafka nor DJL.
 */
@NullMarked
package dev.forebay.worker.infer;

import org.jspecify.annotations.NullMarked;
