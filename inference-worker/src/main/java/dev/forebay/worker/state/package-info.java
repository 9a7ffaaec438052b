/**
 * What a worker keeps on disk so that its next life knows it: a slot of its own below the state directory.
 *
 * <pre>
 *  STATE/slot-0/lock       held by the process that has the slot
 *               id         by which brokers know the slot
 *               in-flight  the records that the engine has now, mapped into memory
 *               suspects   the records that it had when it crashed, with how often
 * </pre>
 *
 * INVARIANT: what is in a slot is touched by the process that holds its lock and by nobody else.
 */
@NullMarked
package dev.forebay.worker.state;

import org.jspecify.annotations.NullMarked;
