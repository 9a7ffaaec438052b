/**
 * How good a model's answers are, by examples whose answers are known: measures, their intervals, bounds.
 *
 * <p>Pure: only {@code java.*}; what is random is seeded, so that the same examples give the same figures.
 */
@NullMarked
package dev.forebay.deploy.evaluation;

import org.jspecify.annotations.NullMarked;
