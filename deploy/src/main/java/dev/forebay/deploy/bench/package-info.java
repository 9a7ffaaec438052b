/**
 * The benchmark: the pipeline beside the engine's own ceiling and beside the simplest alternatives, in one process and
 * one run.
 *
 * <pre>
 *  BenchOptions ─▶ Bench ─▶ Rig       broker, registry
 *                    ├────▶ Course    topics of one run ─▶ Backlog opens ─▶ Contender answers ─▶ Outcomes are checked
 *                    └────▶ Findings  raw numbers ─▶ Figure values ─▶ JSON, HTML, a table
 * </pre>
 *
 * Rounds are interleaved, ratios are taken within a round, and every answer is compared with the engine's own.
 */
@NullMarked
package dev.forebay.deploy.bench;

import org.jspecify.annotations.NullMarked;
