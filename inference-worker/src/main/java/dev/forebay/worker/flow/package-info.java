/**
 * The way of one record through the worker, between the poll thread and the producer.
 *
 * <pre>
 *  poll thread ─▶ Entrance ───▶ RequestReader ───────────▶ BatchQueue ─▶ ModelLane ─▶ Assembly ─▶ Finisher ─▶ TerminalSink
 *                 one of a key  decode, validate, split     (per model)   one batch    all items    outcome     │
 *                 at a time     into texts, tokenise                                   of a request             │ acknowledged
 *                 if asked for ◀────────────────────────────────────────────── ticket back, next of the key ◀───┘
 * </pre>
 *
 * Each step is a class whose method does a bounded piece of work and returns; the threads that call them are the
 * Worker's, so that a simulation can call them in virtual time.
 */
@NullMarked
package dev.forebay.worker.flow;

import org.jspecify.annotations.NullMarked;
