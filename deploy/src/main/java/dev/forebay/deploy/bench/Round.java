package dev.forebay.deploy.bench;

/**
 * One contender's turn in one round of the comparison.
 *
 * @param round from 0
 * @param lowestCosine between its answers and the engine's own, text by text
 */
record Round(BenchPart contender, int round, Timed timed, double lowestCosine) {}
