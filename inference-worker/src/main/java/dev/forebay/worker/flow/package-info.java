/**
 * The way of one record through the worker, between the poll thread and the producer.
 *
 * <pre>
 *  poll thread ─▶ RequestReader ─────────▶ BatchQueue ─▶ ModelLane ─▶ Assembly ─▶ Finisher ─▶ TerminalSink ─▶ ticket back
 *                 decode, validate, split   (per model)   one batch    all items    outcome     acknowledged
 *                 into texts, tokenise                                 of a request
 * </pre>
 *
 * Each step is a class whose method does a bounded piece of work and returns; the threads that call them are the
 * Worker's, so that a simulation can call them in virtual time.
 */
@NullMarked
package dev.forebay.worker.flow;

import org.jspecify.annotations.NullMarked;
