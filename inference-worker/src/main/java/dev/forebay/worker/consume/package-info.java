/**
 * Reading the work topic without losing a record. The one package that owns a Kafka consumer.
 *
 * <p>INVARIANT: an offset is committed only when the broker has acknowledged the terminal record of every record below
 * it. {@link dev.forebay.worker.consume.Watermark} keeps that per partition, {@link dev.forebay.worker.consume.Ledger}
 * for all of them together with the bounds on what is in flight; both are pure. {@link
 * dev.forebay.worker.consume.ConsumerLoop} is the poll thread.
 */
@NullMarked
package dev.forebay.worker.consume;

import org.jspecify.annotations.NullMarked;
