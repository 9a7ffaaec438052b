/**
 * Writing terminal records. The one package that owns a Kafka producer.
 *
 * <p>INVARIANT: a record counts as done only when the broker has acknowledged its terminal record; a send that fails is
 * sent again, becomes a smaller terminal record, or stops the worker. It is never forgotten.
 */
@NullMarked
package dev.forebay.worker.publish;

import org.jspecify.annotations.NullMarked;
